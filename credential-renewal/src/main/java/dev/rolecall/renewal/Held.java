package dev.rolecall.renewal;

import dev.rolecall.renewal.Lifetime.Age;

/** A credential in use. Equal to itself alone. */
final class Held<C extends RenewableCredential> {

  private final C credential;
  private final Lifetime life;
  private final boolean refused;

  private Held(C credential, Lifetime life, boolean refused) {
    this.credential = credential;
    this.life = life;
    this.refused = refused;
  }

  static <C extends RenewableCredential> Held<C> of(C credential) {
    return new Held<>(credential, credential.lifetime(), false);
  }

  /** The same, stale at once, so that it is renewed behind the calls that use it. */
  Held<C> afterRefusal() {
    return new Held<>(credential, life.withoutFreshPart(), true);
  }

  C credential() {
    return credential;
  }

  /** Whether a server has refused it. */
  boolean isRefused() {
    return refused;
  }

  /** The age at that time, in milliseconds since 1970. */
  Age age(long now) {
    return life.age(now);
  }

  @Override
  public String toString() {
    return "Held[****]";
  }
}
