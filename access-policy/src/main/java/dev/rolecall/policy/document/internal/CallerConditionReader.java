package dev.rolecall.policy.document.internal;

import dev.rolecall.identity.ClaimValue;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.claim.ClaimCondition;
import dev.rolecall.policy.claim.ClaimName;
import dev.rolecall.policy.claim.ClaimTest;
import dev.rolecall.policy.claim.TagCondition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the conditions of rules on their callers: claims, scopes and tags of the source. What is
 * left out narrows nothing; what is empty or wrong is a problem, so no condition is lost.
 */
public final class CallerConditionReader {

  /** The keys of a rule's source that state conditions on the caller. */
  public static final List<String> KEYS = List.of("claims", "scopes", "tags");

  private static final String CLAIMS = KEYS.get(0);
  private static final String SCOPES = KEYS.get(1);
  private static final String TAGS = KEYS.get(2);
  private static final String CLAIM = "claim";
  private static final String TAG = "tag";
  private static final String EQUALS = "equals";
  private static final String ANY_OF = "any_of";
  private static final String CONTAINS = "contains";
  private static final String PREFIX = "prefix";
  private static final List<String> CLAIM_TESTS = List.of(EQUALS, ANY_OF, CONTAINS, PREFIX);
  private static final List<String> TAG_TESTS = List.of(EQUALS, ANY_OF, PREFIX);
  private static final KnownKeys CLAIM_KEYS = KnownKeys.of(CLAIM, EQUALS, ANY_OF, CONTAINS, PREFIX);
  private static final KnownKeys TAG_KEYS = KnownKeys.of(TAG, EQUALS, ANY_OF, PREFIX);

  private final Remarks remarks;
  private final FieldReader read;
  private final ClaimValueReader values;

  /** A reader that reports to {@code remarks}. */
  public CallerConditionReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.values = new ClaimValueReader(remarks);
  }

  /** The conditions; without those that have a problem, which has been reported. */
  public CallerConditions conditions(Mapping source) {
    List<ClaimCondition> claims = new ArrayList<>();
    for (Node item : read.optionalList(source, CLAIMS)) {
      read.mapping("a claim", CLAIM_KEYS, item).flatMap(this::claim).ifPresent(claims::add);
    }
    List<String> scopes =
        read.strings(
            SCOPES,
            read.optionalList(source, SCOPES),
            (text, at) ->
                made(at, ProblemCode.INVALID_SCOPE, () -> CallerConditions.checkScope(text)));
    List<TagCondition> tags = new ArrayList<>();
    for (Node item : read.optionalList(source, TAGS)) {
      read.mapping("a tag", TAG_KEYS, item).flatMap(this::tag).ifPresent(tags::add);
    }
    return made(source.at(), ProblemCode.TOO_MANY, () -> new CallerConditions(claims, scopes, tags))
        .orElse(CallerConditions.none());
  }

  private Optional<ClaimCondition> claim(Mapping claim) {
    Optional<ClaimName> name = read.required(claim, CLAIM).flatMap(this::name);
    Optional<ClaimTest> test = test(claim, CLAIM_TESTS, ProblemCode.INVALID_CLAIM);
    return name.isEmpty() || test.isEmpty()
        ? Optional.empty()
        : Optional.of(new ClaimCondition(name.get(), test.get()));
  }

  private Optional<ClaimName> name(Node node) {
    List<Node> items = node instanceof Node.Items ? read.list(CLAIM, node) : List.of(node);
    List<String> names = read.strings(CLAIM, items, (text, at) -> Optional.of(text));
    return names.isEmpty() || names.size() < items.size()
        ? Optional.empty()
        : made(node.at(), ProblemCode.INVALID_CLAIM, () -> new ClaimName(names));
  }

  private Optional<TagCondition> tag(Mapping tag) {
    Optional<String> name = read.required(tag, TAG).flatMap(node -> read.string(TAG, node));
    Optional<ClaimTest> test = test(tag, TAG_TESTS, ProblemCode.INVALID_TAG);
    return name.isEmpty() || test.isEmpty()
        ? Optional.empty()
        : made(tag.at(), ProblemCode.INVALID_TAG, () -> new TagCondition(name.get(), test.get()));
  }

  /** The one test of a condition. */
  private Optional<ClaimTest> test(Mapping condition, List<String> keys, ProblemCode code) {
    List<String> given = keys.stream().filter(condition.fields()::containsKey).toList();
    if (given.size() != 1) {
      remarks.problem(
          condition.at(),
          given.isEmpty() ? ProblemCode.MISSING_KEY : code,
          condition.what()
              + (given.isEmpty() ? " without a test" : " with " + String.join(" and ", given))
              + " (expected: one of "
              + String.join(", ", keys)
              + ")");
      return Optional.empty();
    }
    String key = given.get(0);
    Node node = read.optional(condition, key).orElseThrow();
    return switch (key) {
      case EQUALS ->
          comparable(key, node, code, "; any_of takes a list")
              .flatMap(value -> made(node.at(), code, () -> new ClaimTest.AnyOf(Set.of(value))));
      case ANY_OF -> anyOf(node, code);
      case CONTAINS ->
          comparable(key, node, code, ", which the list has")
              .flatMap(value -> made(node.at(), code, () -> new ClaimTest.Contains(value)));
      default ->
          read.string(key, node)
              .flatMap(text -> made(node.at(), code, () -> new ClaimTest.Prefix(text)));
    };
  }

  private Optional<ClaimTest> anyOf(Node node, ProblemCode code) {
    List<Node> items = read.list(ANY_OF, node);
    Set<ClaimValue> named = new LinkedHashSet<>();
    int good = 0;
    for (Node item : items) {
      Optional<ClaimValue> value = comparable(ANY_OF, item, code, "");
      if (value.isPresent()) {
        good++;
        named.add(value.get());
      }
    }
    return items.isEmpty() || good < items.size()
        ? Optional.empty()
        : made(node.at(), code, () -> new ClaimTest.AnyOf(named));
  }

  /** The value of a tag is a text. */
  private Optional<ClaimValue> comparable(String key, Node node, ProblemCode code, String hint) {
    return code == ProblemCode.INVALID_TAG
        ? read.string(key, node).map(ClaimValue.Text::new)
        : values.comparable(key, node, hint);
  }

  private <T> Optional<T> made(Place at, ProblemCode code, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      remarks.problem(at, code, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
