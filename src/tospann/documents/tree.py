"""The folders of a project as a tree: what lies above a folder, and what lies in it."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from tospann.documents.models import Folder


@dataclass(frozen=True)
class Tree:
    """All folders of one project that are not in the trash (one query)."""

    folders: dict[UUID, Folder]
    inside: dict[UUID | None, list[Folder]] = field(default_factory=dict)

    @classmethod
    def of(cls, project_id: UUID) -> "Tree":
        found = Folder.objects.filter(project_id=project_id, trashed_at__isnull=True)
        return cls.made(found.select_related("phase").order_by("number", "name_key"))

    @classmethod
    def made(cls, listed: Iterable[Folder]) -> "Tree":
        folders = {one.pk: one for one in listed}
        inside: dict[UUID | None, list[Folder]] = defaultdict(list)
        for one in folders.values():
            inside[one.parent_id].append(one)
        return cls(folders, dict(inside))

    def only(self, chosen: Container[UUID]) -> "Tree":
        """The tree of some of its folders."""
        return Tree.made(one for one in self.folders.values() if one.pk in chosen)

    def above(self, folder_id: UUID | None) -> list[Folder]:
        """The folder itself, then what it lies in, up to the top."""
        found: list[Folder] = []
        while folder_id is not None and folder_id in self.folders:
            found.append(self.folders[folder_id])
            folder_id = found[-1].parent_id
        return found

    def below(self, folder_id: UUID | None) -> Iterator[Folder]:
        """Everything in the folder (the folder itself not), each after what it lies in."""
        for one in self.inside.get(folder_id, ()):
            yield one
            yield from self.below(one.pk)

    def path(self, folder_id: UUID | None) -> tuple[str, ...]:
        """The labels from the top down to the folder."""
        return tuple(one.label for one in reversed(self.above(folder_id)))

    @cached_property
    def walk(self) -> list[tuple[Folder, int]]:
        """Every folder with its depth, as a tree is read."""

        def walked(folder_id: UUID | None, depth: int) -> Iterator[tuple[Folder, int]]:
            for one in self.inside.get(folder_id, ()):
                yield one, depth
                yield from walked(one.pk, depth + 1)

        return list(walked(None, 0))


def parents_of(project_id: UUID) -> dict[UUID, UUID | None]:
    """Which folder lies in which, the trash as well."""
    return dict(Folder.objects.filter(project_id=project_id).values_list("pk", "parent_id"))
