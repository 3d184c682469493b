package dev.rolecall.tests.attacks;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One attack.
 *
 * @param name what is wrong with what is sent
 * @param told what the attacker is told, as {@link Told#word} has it; {@code one or other} where
 *     two parts of the server race to answer
 * @param asked how often STS is asked
 * @param attack sends it
 */
record HostileCase(String name, String told, int asked, Attack attack) {

  /** Sends what should not be served. */
  @FunctionalInterface
  interface Attack {
    Told on(Scene scene);
  }

  HostileCase {
    requireNonNull(name, "name");
    requireNonNull(told, "told");
    requireNonNull(attack, "attack");
  }

  /** STS is not asked. */
  static HostileCase local(String told, String name, Attack attack) {
    return new HostileCase(name, told, 0, attack);
  }

  /** STS is asked once. */
  static HostileCase asking(String told, String name, Attack attack) {
    return new HostileCase(name, told, 1, attack);
  }

  List<String> mayBeTold() {
    return List.of(told.split(" or "));
  }

  @Override
  public String toString() {
    return name + ": " + told;
  }
}
