package dev.rolecall.cli.arguments;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as users write it: {@code 4096}, or {@code 100K}, {@code 64M} and {@code 1G} by
 * powers of 1,024.
 *
 * @param bytes the number
 */
public record ByteCount(long bytes) {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([KMG]?)");
  private static final String UNITS = "KMG";
  private static final int STEP = 10;

  /**
   * Reads either spelling.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static ByteCount parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(text + " (expected: a number of bytes, as 64M or 1G)");
    }
    String unit = form.group(2);
    int shift = unit.isEmpty() ? 0 : STEP * (UNITS.indexOf(unit) + 1);
    return new ByteCount(Long.parseLong(form.group(1)) << shift);
  }
}
