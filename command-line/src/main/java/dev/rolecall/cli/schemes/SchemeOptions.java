package dev.rolecall.cli.schemes;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.failure.CommandFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/**
 * The options of all schemes beside that of proofs. One mix-in, so that every command spells them
 * alike.
 */
public final class SchemeOptions {

  @Mixin ApiKeyOption apiKeys;

  private Stream<SchemeOption> all() {
    return Stream.of(apiKeys);
  }

  /**
   * The schemes that the options name, in the order that they are asked.
   *
   * @throws CommandFailure if a file or a value does not do, or options contradict one another
   */
  public List<Scheme> schemes(Front front) {
    return all().flatMap(option -> option.schemes(front).stream()).toList();
  }

  /** An option that was given and switches on a scheme whose credentials calls bring. */
  public Optional<String> givenForCalls() {
    return all().flatMap(option -> option.given().stream()).findFirst();
  }
}
