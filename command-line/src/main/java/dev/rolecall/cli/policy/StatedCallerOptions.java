package dev.rolecall.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.arguments.NamedArgument;
import dev.rolecall.cli.report.GrantWords;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policytools.AttributesText;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.StatedGrant;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that state a call's caller and its attributes, and the way that JSON has them. */
final class StatedCallerOptions {

  @Option(names = "--role", paramLabel = "ARN", description = "The caller, an IAM role.")
  @Nullable RoleArn role;

  @Option(
      names = "--role-id",
      paramLabel = "AROA...",
      description =
          "The role's unique id. Without it the id is unknown, as in an AWS web identity token: a"
              + " deny rule that pins one matches, and an allow rule does not.")
  @Nullable RoleId roleId;

  @Option(
      names = "--caller",
      paramLabel = "TEXT",
      description =
          "The caller, of any kind, in place of --role: oidc:github:repo:acme/shop,"
              + " spiffe://example.org/checkout, key:ci.")
  @Nullable String caller;

  @Option(
      names = "--client",
      paramLabel = "ID",
      description = "The client that its token was issued to.")
  @Nullable String client;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "A scope that its token grants; repeatable.")
  List<String> scopes = List.of();

  @Option(
      names = "--claim",
      paramLabel = "NAME=VALUE",
      description =
          "A claim of its token; repeatable. The value is JSON where it is a number or begins so:"
              + " a text of digits is '\"1234\"'.")
  List<NamedArgument> claims = List.of();

  @Option(
      names = "--tag",
      paramLabel = "NAME=VALUE",
      description = "A principal tag of the role; repeatable.")
  List<NamedArgument> tags = List.of();

  @Option(
      names = "--actor",
      paramLabel = "TEXT",
      description = "The party that acts for the caller; repeatable, the present one first.")
  List<String> actors = List.of();

  @Option(
      names = "--grant",
      paramLabel = "PERMISSION[:RESOURCE]",
      description =
          "A grant that the caller holds, of each resource or of one; repeatable. What is not given"
              + " is not held.")
  List<String> grants = List.of();

  @Spec(Target.MIXEE)
  @Nullable CommandSpec spec;

  /**
   * The caller.
   *
   * @throws ParameterException if none is stated, or two are, or a value breaks a rule
   */
  CallerQuery query() {
    if ((role == null) == (caller == null)) {
      throw wrong(
          role == null ? "no caller (expected: --role or --caller)" : "--role and --caller");
    }
    if (role == null && roleId != null) {
      throw wrong("--role-id without --role (expected: behind # in --caller)");
    }
    try {
      CallerQuery stated =
          role != null
              ? CallerQuery.of(new IamRole(role, Optional.ofNullable(roleId)))
              : CallerQuery.parse(String.valueOf(caller));
      if (stated.isNobody()) {
        throw wrong("--caller: nobody is allowed what is public (expected: a caller)");
      }
      return stated.with(attributes()).holding(grants.stream().map(StatedGrant::parse).toList());
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Attributes attributes() {
    Map<String, ClaimValue> ofToken = new TreeMap<>();
    claims.forEach(claim -> ofToken.put(claim.name(), AttributesText.claimValue(claim.value())));
    Map<String, String> ofRole = new TreeMap<>();
    tags.forEach(tag -> ofRole.put(tag.name(), tag.value()));
    List<Principal> acting =
        actors.stream()
            .map(
                text ->
                    CallerQuery.parse(text)
                        .principal()
                        .orElseThrow(
                            () -> new IllegalArgumentException("--actor: nobody acts for no one")))
            .toList();
    return new Attributes(Optional.ofNullable(client), Set.copyOf(scopes), ofToken, ofRole, acting);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(
        java.util.Objects.requireNonNull(spec, "spec").commandLine(), message);
  }

  /** Writes the attributes and grants, if there are any, as fields of the object that is open. */
  static void write(JsonGenerator json, CallerQuery caller) throws IOException {
    write(json, caller.attributes());
    GrantWords.write(json, caller.grants());
  }

  private static void write(JsonGenerator json, Attributes attributes) throws IOException {
    if (attributes.isNone()) {
      return;
    }
    json.writeObjectFieldStart("attributes");
    if (attributes.client().isPresent()) {
      json.writeStringField("client", attributes.client().get());
    }
    writeAll(json, "scopes", List.copyOf(new TreeSet<>(attributes.scopes())));
    if (!attributes.claims().isEmpty()) {
      json.writeFieldName("claims");
      write(json, new ClaimValue.Members(attributes.claims()));
    }
    if (!attributes.tags().isEmpty()) {
      json.writeObjectFieldStart("tags");
      for (Map.Entry<String, String> tag : new TreeMap<>(attributes.tags()).entrySet()) {
        json.writeStringField(tag.getKey(), tag.getValue());
      }
      json.writeEndObject();
    }
    writeAll(json, "actors", attributes.actors().stream().map(Principal::text).toList());
    json.writeEndObject();
  }

  private static void writeAll(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    if (!texts.isEmpty()) {
      JsonOutput.texts(json, field, texts);
    }
  }

  private static void write(JsonGenerator json, ClaimValue value) throws IOException {
    if (value instanceof ClaimValue.Text text) {
      json.writeString(text.value());
    } else if (value instanceof ClaimValue.Whole whole) {
      json.writeNumber(whole.value());
    } else if (value instanceof ClaimValue.Truth truth) {
      json.writeBoolean(truth.value());
    } else if (value instanceof ClaimValue.Items items) {
      json.writeStartArray();
      for (ClaimValue item : items.values()) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof ClaimValue.Members members) {
      json.writeStartObject();
      for (Map.Entry<String, ClaimValue> member : new TreeMap<>(members.values()).entrySet()) {
        json.writeFieldName(member.getKey());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeNull();
    }
  }
}
