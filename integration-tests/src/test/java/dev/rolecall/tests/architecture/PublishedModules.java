package dev.rolecall.tests.architecture;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The published modules where this run has them: jars or class folders on the class path, whichever
 * the build has got to.
 */
final class PublishedModules {

  /**
   * What tests alone need, and the application, which is no module. JUnit's API stays: the module
   * for users' tests requires it.
   */
  private static final List<String> NO_PART_OF_IT =
      List.of(
          "test-classes",
          "junit-jupiter-5",
          "junit-jupiter-engine",
          "junit-jupiter-params",
          "junit-platform-engine",
          "junit-platform-launcher",
          "assertj-",
          "byte-buddy-",
          "archunit-",
          "awaitility-",
          "hamcrest-",
          "test-support",
          "rolecall-test-support",
          "rolecall.jar",
          "command-line",
          "surefire");

  private PublishedModules() {}

  /** The modules and their libraries, as a module path. */
  static List<Path> path() {
    return entries()
        .filter(entry -> NO_PART_OF_IT.stream().noneMatch(part -> named(entry, part)))
        .toList();
  }

  private static boolean named(Path entry, String part) {
    // A class folder is known by its module's folder: .../command-line/target/classes
    int names = entry.getNameCount();
    return Stream.of(1, 3)
        .filter(back -> back <= names)
        .anyMatch(back -> entry.getName(names - back).toString().startsWith(part));
  }

  private static Stream<Path> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of);
  }

  /** The descriptor of one module. */
  static ModuleDescriptor descriptor(String name) {
    return ModuleFinder.of(path().toArray(Path[]::new))
        .find(name)
        .orElseThrow(() -> new IllegalStateException("no module " + name + " on the class path"))
        .descriptor();
  }
}
