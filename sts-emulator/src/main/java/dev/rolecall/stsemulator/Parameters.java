package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.answer.StsRefusal;
import dev.rolecall.stsemulator.internal.sigv4.NamedValue;
import dev.rolecall.stsemulator.internal.sigv4.PercentCoding;
import dev.rolecall.stsemulator.internal.sigv4.RawRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of one request, from the query and, for a form, from the body.
 *
 * <p>Unlike STS, a parameter that is given twice is refused, also when once in the query and once
 * in the body: AWS does not document which of the two STS uses, so no client may rely on either.
 */
final class Parameters {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final Map<String, String> values = new HashMap<>();

  private Parameters() {}

  static Parameters of(RawRequest request) throws StsRefusal {
    Parameters parameters = new Parameters();
    parameters.addAll(request.query());
    if (request.method().equals("POST") && isForm(request)) {
      String body = new String(request.body(), StandardCharsets.UTF_8).strip();
      parameters.addAll(RawRequest.pairs(body.replace("+", "%20")));
    }
    return parameters;
  }

  private static boolean isForm(RawRequest request) {
    return request.header("content-type").stream()
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .anyMatch(FORM::equals);
  }

  private void addAll(List<NamedValue> encoded) throws StsRefusal {
    for (NamedValue parameter : encoded) {
      String name = decoded(parameter.name());
      if (values.putIfAbsent(name, decoded(parameter.value())) != null) {
        throw StsRefusal.unreadable("Parameter '" + name + "' is given more than once.");
      }
    }
  }

  private static String decoded(String encoded) throws StsRefusal {
    return PercentCoding.decode(encoded)
        .orElseThrow(() -> StsRefusal.unreadable("The query string contains a syntax error."));
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String require(String name) throws StsRefusal {
    return find(name).orElseThrow(() -> broken("null", name, "Member must not be null"));
  }

  /**
   * The members of a list in the query protocol, by their numbers: {@code NAME.member.N} and then
   * the suffix. Unlike STS, of which nothing is known here, numbers may be left out.
   */
  SortedMap<Integer, String> members(String name, String suffix) {
    Pattern form =
        Pattern.compile(
            Pattern.quote(name) + "\\.member\\.([1-9][0-9]{0,3})" + Pattern.quote(suffix));
    SortedMap<Integer, String> members = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          Matcher matcher = form.matcher(key);
          if (matcher.matches()) {
            members.put(Integer.parseInt(matcher.group(1)), value);
          }
        });
    return members;
  }

  /** A whole number of seconds within bounds. */
  long seconds(String name, long least, long most, long byDefault) throws StsRefusal {
    String text = find(name).orElse(Long.toString(byDefault));
    if (!text.matches("[0-9]{1,9}")) {
      throw broken("'" + text + "'", name, "Member must be a whole number");
    }
    long seconds = Long.parseLong(text);
    if (seconds < least) {
      throw broken(
          "'" + text + "'", name, "Member must have value greater than or equal to " + least);
    }
    if (seconds > most) {
      throw broken("'" + text + "'", name, "Member must have value less than or equal to " + most);
    }
    return seconds;
  }

  /** The complaint in AWS's words, which name a parameter with a small first letter. */
  static StsRefusal broken(String shown, String name, String constraint) {
    String member = Character.toLowerCase(name.charAt(0)) + name.substring(1);
    return StsRefusal.invalid(
        "1 validation error detected: Value %s at '%s' failed to satisfy constraint: %s"
            .formatted(shown, member, constraint));
  }
}
