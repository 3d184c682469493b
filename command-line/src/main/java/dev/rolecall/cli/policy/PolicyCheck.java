package dev.rolecall.cli.policy;

import static java.util.stream.Collectors.joining;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.report.CheckRemark;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.policytools.UnknownAlias;
import dev.rolecall.policytools.UnmatchedPath;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The check of one policy.
 *
 * @param files the files and folders it is read from, as they were named
 * @param name the policy's name; empty if it is no policy
 * @param remarks all that there is to say of it
 */
record PolicyCheck(String files, Optional<String> name, List<CheckRemark> remarks) {

  /** The kinds of problems that leave open whether there is a policy. */
  private static final Set<String> NOT_READ = Set.of("unreadable", "no-policy");

  /**
   * Reads the policy and looks at its paths.
   *
   * @param paths its files and folders
   * @param methods the methods there are, if they are known
   * @param aliases the aliases of issuers and authorities there are, if they are known
   */
  static PolicyCheck of(
      List<Path> paths,
      Optional<List<String>> methods,
      Optional<? extends Collection<IssuerAlias>> aliases) {
    String files = paths.stream().map(PolicyFiles::name).collect(joining(", "));
    try {
      return PolicyFiles.reading(paths)
          .fold(
              loaded -> good(files, loaded, methods, aliases),
              rejected ->
                  new PolicyCheck(
                      files,
                      Optional.empty(),
                      rejected.problems().stream().map(CheckRemark::of).toList()));
    } catch (CommandFailure e) {
      String message = String.valueOf(e.getMessage());
      String prefix = files + ": ";
      return new PolicyCheck(
          files,
          Optional.empty(),
          List.of(
              CheckRemark.unreadable(
                  files,
                  message.startsWith(prefix) ? message.substring(prefix.length()) : message)));
    }
  }

  private static PolicyCheck good(
      String files,
      PolicyReading.Loaded loaded,
      Optional<List<String>> methods,
      Optional<? extends Collection<IssuerAlias>> aliases) {
    Stream<CheckRemark> unknown =
        aliases.stream()
            .flatMap(known -> UnknownAlias.in(loaded.policy(), Set.copyOf(known)).stream())
            .map(alias -> CheckRemark.of(files, alias));
    Stream<CheckRemark> unmatched =
        methods.stream()
            .flatMap(known -> UnmatchedPath.in(loaded.policy(), known).stream())
            .map(path -> CheckRemark.of(files, path));
    return new PolicyCheck(
        files,
        Optional.of(loaded.policy().name()),
        Stream.of(unknown, unmatched, loaded.notes().stream().map(CheckRemark::of))
            .flatMap(remarks -> remarks)
            .toList());
  }

  /** The exit status that says how it went. */
  int status() {
    List<CheckRemark> errors = remarks.stream().filter(CheckRemark::isError).toList();
    if (errors.isEmpty()) {
      return ExitStatus.YES;
    }
    return errors.stream().allMatch(error -> NOT_READ.contains(error.code()))
        ? ExitStatus.COULD_NOT_TELL
        : ExitStatus.NO;
  }
}
