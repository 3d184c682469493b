package dev.rolecall.cli.schemes;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/**
 * The options of all schemes beside that of proofs. One mix-in, so that every command spells them
 * alike.
 */
public final class SchemeOptions {

  @Mixin TokenOptions tokens;

  @Mixin ClientCaOptions clientCas;

  @Mixin ApiKeyOption apiKeys;

  private Stream<SchemeOption> all() {
    return Stream.of(tokens, clientCas, apiKeys);
  }

  /**
   * The schemes that the options name, in the order that they are asked.
   *
   * @param audiences the names of the server; the first is the one in records
   * @throws CommandFailure if a file or a value does not do, or options contradict one another
   */
  public List<Scheme> schemes(Front front, List<Audience> audiences) {
    List<String> names = audiences.stream().map(Audience::toString).toList();
    return all().flatMap(option -> option.schemes(front, names).stream()).toList();
  }

  /** The authorities whose clients are asked for a certificate; empty if none are. */
  public Optional<ClientAuthorities> clientAuthorities() {
    return clientCas.ofTls();
  }

  /** An option that was given and switches on a scheme whose credentials calls bring. */
  public Optional<String> givenForCalls() {
    return all().flatMap(option -> option.given().stream()).findFirst();
  }
}
