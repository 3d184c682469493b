package dev.rolecall.proxy.relay;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.regex.Pattern;

/**
 * The services that a route is for.
 *
 * @param text {@code package.Service}, {@code package.*} or {@code *}
 */
record ServicePattern(String text) {

  static final ServicePattern ALL = new ServicePattern("*");

  private static final int LONGEST = 900;
  private static final Pattern FORM =
      Pattern.compile("\\*|[A-Za-z_][A-Za-z0-9_]*+(\\.[A-Za-z_][A-Za-z0-9_]*+)*+(\\.\\*)?");

  static ServicePattern parse(String text) {
    if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
      throw InvalidValue.of("services", text, "package.Service, package.* or *");
    }
    return new ServicePattern(text);
  }

  boolean isWhole() {
    return !text.endsWith("*");
  }

  boolean matches(String service) {
    return isWhole()
        ? service.equals(text)
        : service.startsWith(text.substring(0, text.length() - 1));
  }
}
