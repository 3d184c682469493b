package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.answer.StsRefusal;
import dev.rolecall.stsemulator.internal.token.SigningAlgorithm;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The parameters of GetWebIdentityToken, each within its bounds.
 *
 * <p>Unlike STS, whose list of the broken parameters is not documented, a refusal names the first.
 *
 * @param audience 1 to 10 texts of 1 to 1,000 characters
 * @param algorithm the signature's algorithm
 * @param seconds the token's life: 60 to 3,600
 * @param tags the request tags by key
 * @param mode the identity that becomes the subject
 * @param scope the scope, as it was sent
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html">
 *     GetWebIdentityToken</a>
 */
record WebIdentityRequest(
    List<String> audience,
    SigningAlgorithm algorithm,
    long seconds,
    Map<String, String> tags,
    SubjectMode mode,
    Optional<String> scope) {

  private static final int MOST_AUDIENCES = 10;
  private static final int LONGEST_AUDIENCE = 1_000;
  private static final long SHORTEST = 60;
  private static final long LONGEST = 3_600;
  private static final long BY_DEFAULT = 300;
  private static final int MOST_TAGS = 50;
  private static final int LONGEST_SCOPE = 256;
  private static final String SCOPE_VALUE = "[\\x21\\x23-\\x2B\\x2D-\\x5B\\x5D-\\x7E]+";
  private static final Pattern SCOPE = Pattern.compile(SCOPE_VALUE + "( " + SCOPE_VALUE + ")*");

  /** The identity that a token's subject names; the constants' names are the parameter's values. */
  enum SubjectMode {
    AWSIdentity,
    OriginIdentity
  }

  static WebIdentityRequest of(Parameters parameters) throws StsRefusal {
    List<String> audience = audienceOf(parameters);
    SigningAlgorithm algorithm = algorithmOf(parameters);
    long seconds = parameters.seconds("DurationSeconds", SHORTEST, LONGEST, BY_DEFAULT);
    Map<String, String> tags = tagsOf(parameters);
    SubjectMode mode = modeOf(parameters);
    Optional<String> scope = scopeOf(parameters);
    if (scope.isPresent() && (mode != SubjectMode.OriginIdentity || audience.size() != 1)) {
      throw StsRefusal.invalid(
          "Scope can be specified only with the SubjectMode OriginIdentity and one Audience");
    }
    return new WebIdentityRequest(audience, algorithm, seconds, tags, mode, scope);
  }

  private static List<String> audienceOf(Parameters parameters) throws StsRefusal {
    List<String> audience = List.copyOf(parameters.members("Audience", "").values());
    if (audience.isEmpty()) {
      throw Parameters.broken("null", "Audience", "Member must not be null");
    }
    if (audience.size() > MOST_AUDIENCES) {
      throw Parameters.broken(
          "'" + audience.size() + " members'",
          "Audience",
          "Member must have length less than or equal to " + MOST_AUDIENCES);
    }
    for (String each : audience) {
      checkLength("Audience", each, 1, LONGEST_AUDIENCE);
    }
    return audience;
  }

  private static SigningAlgorithm algorithmOf(Parameters parameters) throws StsRefusal {
    String name = parameters.require("SigningAlgorithm");
    return SigningAlgorithm.ofName(name)
        .orElseThrow(
            () -> notOneOf(name, "SigningAlgorithm", Arrays.toString(SigningAlgorithm.values())));
  }

  private static SubjectMode modeOf(Parameters parameters) throws StsRefusal {
    String name = parameters.find("SubjectMode").orElse(SubjectMode.AWSIdentity.name());
    return Arrays.stream(SubjectMode.values())
        .filter(mode -> mode.name().equals(name))
        .findFirst()
        .orElseThrow(() -> notOneOf(name, "SubjectMode", Arrays.toString(SubjectMode.values())));
  }

  private static StsRefusal notOneOf(String value, String name, String all) {
    return Parameters.broken("'" + value + "'", name, "Member must satisfy enum value set: " + all);
  }

  private static Map<String, String> tagsOf(Parameters parameters) throws StsRefusal {
    Map<Integer, String> keys = parameters.members("Tags", ".Key");
    Map<Integer, String> values = parameters.members("Tags", ".Value");
    if (!keys.keySet().equals(values.keySet())) {
      throw Parameters.broken("null", "Tags", "Member must not be null");
    }
    if (keys.size() > MOST_TAGS) {
      throw Parameters.broken(
          "'" + keys.size() + " members'",
          "Tags",
          "Member must have length less than or equal to " + MOST_TAGS);
    }
    Map<String, String> tags = new TreeMap<>();
    for (Map.Entry<Integer, String> key : keys.entrySet()) {
      String value = values.getOrDefault(key.getKey(), "");
      if (!Tag.isKey(key.getValue())) {
        throw brokenPattern(key.getValue(), "Tags", Tag.KEY_PATTERN);
      }
      if (!Tag.isValue(value)) {
        throw brokenPattern(value, "Tags", Tag.VALUE_PATTERN);
      }
      if (tags.put(key.getValue(), value) != null) {
        throw StsRefusal.invalid("Duplicate tag keys found. Please note that Tag keys are unique.");
      }
    }
    return tags;
  }

  private static Optional<String> scopeOf(Parameters parameters) throws StsRefusal {
    Optional<String> scope = parameters.find("Scope");
    if (scope.isEmpty()) {
      return scope;
    }
    String text = scope.get();
    checkLength("Scope", text, 1, LONGEST_SCOPE);
    if (!SCOPE.matcher(text).matches()) {
      throw brokenPattern(text, "Scope", SCOPE.pattern());
    }
    Set<String> seen = new HashSet<>();
    for (String value : text.split(" ", -1)) {
      if (!seen.add(value)) {
        throw StsRefusal.invalid("Scope repeats a value");
      }
    }
    return scope;
  }

  private static void checkLength(String name, String text, int least, int most) throws StsRefusal {
    if (text.length() < least) {
      throw Parameters.broken(
          "''", name, "Member must have length greater than or equal to " + least);
    }
    if (text.length() > most) {
      throw Parameters.broken(
          "'" + text + "'", name, "Member must have length less than or equal to " + most);
    }
  }

  private static StsRefusal brokenPattern(String value, String name, String pattern) {
    return Parameters.broken(
        "'" + value + "'", name, "Member must satisfy regular expression pattern: " + pattern);
  }
}
