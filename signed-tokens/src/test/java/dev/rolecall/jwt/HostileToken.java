package dev.rolecall.jwt;

/**
 * A token that must not be accepted.
 *
 * @param name what is wrong with it
 * @param text its text
 * @param outcome the check that must refuse it
 */
record HostileToken(String name, String text, String outcome) {

  @Override
  public String toString() {
    return name;
  }
}
