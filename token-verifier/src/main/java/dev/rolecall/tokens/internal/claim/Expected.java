package dev.rolecall.tokens.internal.claim;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.TimeRules;
import dev.rolecall.jwt.key.Algorithm;
import java.util.Set;

/**
 * The expectations of the settings of one issuer of its tokens.
 *
 * @param algorithms the algorithms that it may sign by
 * @param audiences the names of this server, of which a token has one
 * @param clients the clients that may be admitted; empty for all
 * @param times the rules of times
 */
public record Expected(
    Set<Algorithm> algorithms, Set<String> audiences, Set<String> clients, TimeRules times) {

  /** Copies, and checks that nothing is absent. */
  public Expected {
    algorithms = Set.copyOf(algorithms);
    audiences = Set.copyOf(audiences);
    clients = Set.copyOf(clients);
    requireNonNull(times, "times");
  }
}
