import pytest
import time_machine
from tests.conflicts.scene import NOW, scene


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def found():
    """Two projects that collide, the conflict found and its ways out computed."""
    made = scene()
    made.look()
    return made
