package dev.rolecall.tests.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A folder as the kubelet mounts a ConfigMap: each file is a link to {@code ..data/FILE}, and
 * {@code ..data} a link to a folder with a name of its own for each version, all of them relative.
 * An update makes a new folder, renames a new link onto {@code ..data} and removes the old folder.
 *
 * @see <a
 *     href="https://github.com/kubernetes/kubernetes/blob/master/pkg/volume/util/atomic_writer.go">the
 *     kubelet's AtomicWriter</a>
 */
final class MountedConfigMap {

  private static final Path DATA = Path.of("..data");

  private final Path folder;
  private int version;

  private MountedConfigMap(Path folder) {
    this.folder = folder;
  }

  static MountedConfigMap at(Path folder, Map<String, String> files) throws IOException {
    MountedConfigMap mounted = new MountedConfigMap(folder);
    mounted.update(files);
    for (String name : files.keySet()) {
      Files.createSymbolicLink(folder.resolve(name), DATA.resolve(name));
    }
    return mounted;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Replaces the content of all files in one step. */
  void update(Map<String, String> files) throws IOException {
    Path old = folder.resolve(name());
    version++;
    Path next = Files.createDirectory(folder.resolve(name()));
    for (Map.Entry<String, String> each : files.entrySet()) {
      Files.writeString(next.resolve(each.getKey()), each.getValue());
    }
    Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(name()));
    Files.move(
        link,
        folder.resolve(DATA),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    if (version > 1) {
      for (String each : files.keySet()) {
        Files.delete(old.resolve(each));
      }
      Files.delete(old);
    }
  }

  private String name() {
    return "..2026_11_21_22_18_45." + version;
  }
}
