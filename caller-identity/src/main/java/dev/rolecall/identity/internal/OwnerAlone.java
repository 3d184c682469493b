package dev.rolecall.identity.internal;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The mode of a new file that only its owner may use. */
public final class OwnerAlone {

  private OwnerAlone() {}

  /**
   * The attributes to create that file with: the mode 0600. None where its file system knows no
   * modes.
   */
  public static FileAttribute<?>[] attributes(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
