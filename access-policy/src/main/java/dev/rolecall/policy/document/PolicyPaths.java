package dev.rolecall.policy.document;

import dev.rolecall.policy.document.internal.DocumentText;
import dev.rolecall.policy.document.internal.ProblemCode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The files that a policy is read from: those given, and those of folders given. */
final class PolicyPaths {

  /** The most files of one policy. */
  static final int MOST = 1_000;

  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  private final List<Path> files = new ArrayList<>();
  private final List<PolicyProblem> problems = new ArrayList<>();

  private PolicyPaths(List<Path> given) {
    for (Path each : given) {
      if (Files.isDirectory(each)) {
        addFolder(each);
      } else if (!files.contains(each)) {
        files.add(each);
      }
    }
    if (files.size() > MOST) {
      problems.add(tooMany(given.get(0)));
    }
  }

  /** The files of those paths, of a folder in the order of their names; and the problems. */
  static PolicyPaths of(List<Path> given) {
    return new PolicyPaths(given);
  }

  /** The files; at most one more than allowed. */
  List<Path> files() {
    return files.subList(0, Math.min(files.size(), MOST));
  }

  List<PolicyProblem> problems() {
    return problems;
  }

  private void addFolder(Path folder) {
    try {
      List<Path> found = listed(folder);
      if (found.isEmpty()) {
        problems.add(
            problem(
                folder,
                ProblemCode.NO_POLICY,
                "no policy in the folder (expected: a file whose name ends in .yaml, .yml or .json;"
                    + " those that end in .cases.yaml and the like are tables of cases)"));
      }
      found.stream().filter(file -> !files.contains(file)).forEach(files::add);
    } catch (IOException e) {
      problems.add(
          PolicyProblem.unreadable(
              folder.toString(), DocumentText.unreadable("folder", folder, e)));
    }
  }

  private List<Path> listed(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, PolicyPaths::isPolicy)) {
      for (Path entry : entries) {
        found.add(entry);
        if (found.size() > MOST) {
          break;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(Comparator.comparing(file -> file.getFileName().toString()));
    return found;
  }

  /** Whether the name is one of a policy. A link to no file counts, so that no file is lost. */
  private static boolean isPolicy(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return !name.startsWith(".")
        && ENDINGS.stream().anyMatch(name::endsWith)
        && ENDINGS.stream().noneMatch(ending -> name.endsWith(".cases" + ending))
        && !Files.isDirectory(entry);
  }

  private static PolicyProblem tooMany(Path first) {
    return problem(
        first,
        ProblemCode.TOO_MANY,
        "more than " + MOST + " files (expected: at most " + MOST + ")");
  }

  private static PolicyProblem problem(Path path, ProblemCode code, String message) {
    return new PolicyProblem(path.toString(), Optional.empty(), code.toString(), message);
  }
}
