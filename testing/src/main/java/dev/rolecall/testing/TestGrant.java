package dev.rolecall.testing;

import java.time.Duration;

/** A grant that a test has given. Safe for use by many threads. */
public final class TestGrant {

  private final GivenGrants given;
  private final GivenGrant grant;

  TestGrant(GivenGrants given, GivenGrant grant) {
    this.given = given;
    this.grant = grant;
  }

  /** Takes it back: what rests on it ends, GRANT_REVOKED. Another time changes nothing. */
  public void revoke() {
    given.revoke(grant);
  }

  /**
   * Gives it a later end: live calls go on.
   *
   * @param duration from now on, more than zero
   * @throws IllegalArgumentException if it is not, or the end would not be later
   * @throws IllegalStateException if the grant has ended or was revoked, which no extension undoes
   */
  public void extend(Duration duration) {
    given.extend(grant, duration);
  }
}
