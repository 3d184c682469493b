package dev.rolecall.verifier.internal.endpoint;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The name of an AWS Region, such as {@code eu-west-1}: what SigV4's credential scope says.
 *
 * @param value lower-case words and digits between hyphens, at most 64 characters
 */
public record RegionName(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z]{2,8}(-[a-z0-9]{1,16}){1,3}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value is not a Region's name
   */
  public RegionName {
    requireNonNull(value, "region");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "region: " + value + " (expected: a Region's name such as eu-west-1)");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
