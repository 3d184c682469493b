package dev.rolecall.access.internal.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rotated files beside a file: its name, a dot and a number. The number goes on from the
 * highest that is there, so that no clock decides which file is the oldest. What follows the number
 * does not matter: a file that was compressed keeps its place.
 *
 * <p>For one thread at a time. Blocks.
 */
public final class FileRotation {

  private static final Pattern ENDING = Pattern.compile("([0-9]{6,18})(\\.[A-Za-z0-9]+)?");

  private final Path path;

  /** The highest number so far, though its file may be gone. */
  private long highest;

  /** The files beside that one. */
  public FileRotation(Path path) {
    this.path = path;
  }

  /** The place of the last numbered line, in the file itself or in the newest rotated one. */
  public Optional<TrailPlace> lastPlace() throws IOException {
    Optional<TrailPlace> own = placeIn(path);
    NavigableMap<Long, Path> rotated = rotated();
    return own.isPresent() || rotated.isEmpty() ? own : placeIn(rotated.lastEntry().getValue());
  }

  private static Optional<TrailPlace> placeIn(Path file) throws IOException {
    return Files.isRegularFile(file) ? TrailPlace.lastOf(file) : Optional.empty();
  }

  /**
   * Renames the file, and deletes the oldest of those that were renamed.
   *
   * @param keeping how many of those stay; 0 for all
   * @return the last place in each file that was deleted
   */
  public List<Optional<TrailPlace>> rotate(int keeping) throws IOException {
    NavigableMap<Long, Path> rotated = rotated();
    highest = Math.max(highest, rotated.isEmpty() ? 0 : rotated.lastKey()) + 1;
    Path target = path.resolveSibling(fileName() + String.format(".%06d", highest));
    Files.move(path, target);
    rotated.put(highest, target);
    List<Optional<TrailPlace>> deleted = new ArrayList<>();
    while (keeping > 0 && rotated.size() > keeping) {
      Map.Entry<Long, Path> oldest = requireNonNull(rotated.pollFirstEntry());
      Optional<TrailPlace> last = placeIn(oldest.getValue());
      Files.deleteIfExists(oldest.getValue());
      deleted.add(last);
    }
    return deleted;
  }

  private NavigableMap<Long, Path> rotated() throws IOException {
    NavigableMap<Long, Path> found = new TreeMap<>();
    String start = fileName() + ".";
    try (DirectoryStream<Path> beside =
        Files.newDirectoryStream(
            requireNonNull(path.getParent()), each -> nameOf(each).startsWith(start))) {
      for (Path each : beside) {
        Matcher ending = ENDING.matcher(nameOf(each).substring(start.length()));
        if (ending.matches() && Files.isRegularFile(each)) {
          found.put(Long.valueOf(ending.group(1)), each);
        }
      }
    }
    return found;
  }

  private String fileName() {
    return nameOf(path);
  }

  private static String nameOf(Path file) {
    return requireNonNull(file.getFileName()).toString();
  }
}
