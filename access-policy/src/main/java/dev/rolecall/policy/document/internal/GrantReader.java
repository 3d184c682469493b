package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceTemplate;
import dev.rolecall.policy.internal.InvalidValue;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the grant that a rule requires of its caller: a permission, or a mapping of a permission
 * and a resource. Left out, the rule requires none. What is wrong is a problem, so no requirement
 * is lost.
 */
public final class GrantReader {

  /** The key of a rule's source that states it. */
  public static final String KEY = "requires_grant";

  /** The key of a permission. */
  public static final String PERMISSION = "permission";

  /** The key of a resource. */
  public static final String RESOURCE = "resource";

  /** The keys of a grant that is written as a mapping. */
  public static final KnownKeys KEYS = KnownKeys.of(PERMISSION, RESOURCE);

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
    return field.flatMap(given -> grant(given.value()));
  }

  private Optional<GrantRequirement> grant(Node node) {
    if (node instanceof Node.Fields) {
      return read.mapping(KEY, KEYS, node).flatMap(this::ofMapping);
    }
    return permission(KEY, node)
        .map(permission -> new GrantRequirement(permission, Optional.empty()));
  }

  private Optional<GrantRequirement> ofMapping(Mapping grant) {
    Optional<PermissionName> permission = permission(grant);
    Optional<Node> resource = read.optional(grant, RESOURCE);
    Optional<ResourceTemplate> template =
        resource.flatMap(node -> made(RESOURCE, node, ResourceTemplate::parse));
    return permission.isEmpty() || template.isPresent() != resource.isPresent()
        ? Optional.empty()
        : Optional.of(new GrantRequirement(permission.get(), template));
  }

  /** The permission of a grant that is written as a mapping; else its problem is reported. */
  public Optional<PermissionName> permission(Mapping grant) {
    return read.required(grant, PERMISSION)
        .flatMap(node -> made(PERMISSION, node, GrantReader::permission));
  }

  /**
   * The permission that {@code node} is; else its problem is reported.
   *
   * @param what the value, as a message says it
   */
  public Optional<PermissionName> permission(String what, Node node) {
    if (node instanceof Node.Scalar scalar && scalar.isString()) {
      return made(what, node, GrantReader::permission);
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

  /** What is made of a string; else its problem is reported. */
  public <T> Optional<T> made(String what, Node node, Function<String, T> maker) {
    return read.string(what, node).flatMap(text -> made(text, node.at(), maker));
  }

  private <T> Optional<T> made(String text, Place at, Function<String, T> maker) {
    try {
      return Optional.of(maker.apply(text));
    } catch (IllegalArgumentException e) {
      remarks.problem(at, ProblemCode.INVALID_GRANT, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
