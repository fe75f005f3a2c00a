"""The documents as a drive (WebDAV class 1 and 2): ``/dav/<project key>/`` and ``/dav/t/<token>/``.

Programs that open files over the network (Explorer, Finder, Word, LibreOffice, rclone, davfs2) see
the folders and documents their user may see. What they change goes through the commands of
documents: every save is a version, what is deleted lies in the trash, and their locks are the
locks of the page.
"""
