package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceTemplate;
import dev.rolecall.policy.internal.InvalidValue;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads the grant that a rule requires of its caller: a permission, or a mapping of a permission
 * and a resource. Left out, the rule requires none. What is wrong is a problem, so no requirement
 * is lost.
 */
public final class GrantReader {

  /** The key of a rule's source that states it. */
  public static final String KEY = "requires_grant";

  private static final String PERMISSION = "permission";
  private static final String RESOURCE = "resource";
  private static final KnownKeys KEYS = KnownKeys.of(PERMISSION, RESOURCE);

  private static final String EXPECTED = "a permission, or a mapping of permission and resource";

  private final Remarks remarks;
  private final FieldReader read;

  /** A reader that reports to {@code remarks}. */
  public GrantReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
  }

  /**
   * The grant that a source requires; empty if it requires none, or if what it says has a problem,
   * which has been reported.
   *
   * @param deny whether the source is of a deny rule, which may require none
   */
  public Optional<GrantRequirement> grant(Mapping source, boolean deny) {
    Optional<Node.Field> field = Optional.ofNullable(source.fields().get(KEY));
    if (deny && field.isPresent()) {
      remarks.problem(
          field.get().key().at(),
          ProblemCode.INVALID_GRANT,
          KEY + " in a deny rule (expected: in an allow rule; a grant lifts no denial)");
      return Optional.empty();
    }
    return field.flatMap(
        given -> grant(KEY, given.value(), ResourceTemplate::parse, GrantRequirement::new));
  }

  /**
   * The grant that {@code node} is, a permission or a mapping of a permission and a resource; else
   * its problem has been reported.
   *
   * @param what the grant, as a message says it
   * @param resource makes a resource of its text
   * @param made makes a grant of its permission, and of its resource if there is one
   */
  public <R, G> Optional<G> grant(
      String what,
      Node node,
      Function<String, R> resource,
      BiFunction<PermissionName, Optional<R>, G> made) {
    if (node instanceof Node.Fields) {
      return read.mapping(what, KEYS, node).flatMap(grant -> ofMapping(grant, resource, made));
    }
    return permission(what, node).map(permission -> made.apply(permission, Optional.empty()));
  }

  private <R, G> Optional<G> ofMapping(
      Mapping grant,
      Function<String, R> resource,
      BiFunction<PermissionName, Optional<R>, G> made) {
    Optional<PermissionName> permission =
        read.required(grant, PERMISSION)
            .flatMap(node -> value(PERMISSION, node, GrantReader::permission));
    Optional<Node> stated = read.optional(grant, RESOURCE);
    Optional<R> found = stated.flatMap(node -> value(RESOURCE, node, resource));
    return found.isPresent() == stated.isPresent()
        ? permission.map(name -> made.apply(name, found))
        : Optional.empty();
  }

  private Optional<PermissionName> permission(String what, Node node) {
    if (node instanceof Node.Scalar scalar && scalar.isString()) {
      return value(what, node, GrantReader::permission);
    }
    if (!(node instanceof Node.Unusable)) {
      remarks.problem(
          node.at(),
          ProblemCode.WRONG_TYPE,
          what + ": " + node.quoted() + " (expected: " + EXPECTED + ")");
    }
    return Optional.empty();
  }

  private static PermissionName permission(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!PermissionName.isValid(text) && PermissionName.isValid(lower)) {
      throw InvalidValue.broken(PERMISSION, text, lower);
    }
    return PermissionName.of(text);
  }

  /** The value that is made of a string; else its problem has been reported. */
  private <T> Optional<T> value(String what, Node node, Function<String, T> maker) {
    return read.string(what, node)
        .flatMap(
            text -> {
              try {
                return Optional.of(maker.apply(text));
              } catch (IllegalArgumentException e) {
                remarks.problem(
                    node.at(), ProblemCode.INVALID_GRANT, String.valueOf(e.getMessage()));
                return Optional.empty();
              }
            });
  }
}
