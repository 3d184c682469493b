package dev.rolecall.access.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.access.audit.AuditOutcome.AdmittedInstead;
import dev.rolecall.access.audit.AuditOutcome.ShadowDiffers;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.PrincipalKind;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.grant.PermissionName;
import java.io.IOException;
import java.util.Optional;

/**
 * An audit record as one OCSF 1.8 event, on one line.
 *
 * <p>What the schema has no field for (the rule, the word for the reason, what was left out) is in
 * {@code unmapped}, where OCSF asks for it.
 */
final class OcsfJson {

  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;
  private static final int INFORMATIONAL = 1;
  private static final int LOW = 2;
  private static final int OTHER = 99;
  private static final int LOGON = 1;

  private final AuditRecord event;
  private final EventWriter writer;
  private final JsonGenerator json;
  private final Optional<RefusalReason> reason;
  private final Optional<RuleName> rule;

  private OcsfJson(AuditRecord event, EventWriter writer) {
    this.event = event;
    this.writer = writer;
    this.json = writer.json();
    this.reason =
        event
            .outcome()
            .fold(
                allowed -> Optional.empty(),
                refused -> Optional.of(refused.reason()),
                ended -> Optional.of(ended.reason()),
                instead -> Optional.of(instead.reason()),
                ShadowDiffers::reason);
    this.rule =
        event
            .outcome()
            .fold(
                allowed -> allowed.rule(),
                refused -> refused.rule(),
                ended -> ended.rule(),
                instead -> instead.rule(),
                ShadowDiffers::rule);
  }

  /** The whole line, as a logger has it. */
  static String of(AuditRecord event) {
    return form(event).text(event.time().toEpochMilli(), event.origin().correlation());
  }

  /** The line but for its time and the names of its request. */
  static LineForm form(AuditRecord event) {
    return EventWriter.write(writer -> new OcsfJson(event, writer).write());
  }

  private void write() throws IOException {
    // A use of the API, where a handler saw the call or the caller is known.
    if (event.caller().isPresent() || reason.isEmpty() || isAdmittedInstead()) {
      writer.start(6, 6003, OTHER, "Call");
      writeActor();
      writeApi();
    } else {
      writer.start(3, 3002, LOGON, "Logon");
      writeUnknownUser("user");
      writeService();
    }
    writeOutcome();
    writePeer();
    writeSpan();
    writer.unmapped();
    writeUnmapped();
  }

  private boolean isAdmittedInstead() {
    return event.outcome() instanceof AdmittedInstead;
  }

  private void writeActor() throws IOException {
    json.writeObjectFieldStart("actor");
    if (event.caller().isPresent()) {
      writeUser(event.caller().get());
    } else {
      writeUnknownUser("user");
    }
    json.writeEndObject();
  }

  private void writeUser(Caller caller) throws IOException {
    Principal principal = caller.principal();
    json.writeObjectFieldStart("user");
    json.writeStringField("name", principal.text());
    json.writeStringField("uid", uid(principal));
    if (caller.evidence().credentialId().isPresent()) {
      json.writeStringField("credential_uid", caller.evidence().credentialId().get());
    }
    json.writeNumberField("type_id", OTHER);
    json.writeStringField("type", type(principal.kind()));
    if (caller.role().isPresent()) {
      json.writeObjectFieldStart("account");
      json.writeStringField("uid", principal.group());
      json.writeEndObject();
    }
    json.writeEndObject();
    if (caller.evidence().sessionName().isPresent()) {
      json.writeObjectFieldStart("session");
      json.writeStringField("uid", caller.evidence().sessionName().get());
      json.writeStringField("issuer", principal.text());
      json.writeEndObject();
    }
  }

  private static String uid(Principal principal) {
    return principal instanceof IamRole role
        ? role.id().map(RoleId::value).orElse(role.text())
        : principal.text();
  }

  private static String type(PrincipalKind kind) {
    return switch (kind) {
      case IAM_ROLE -> "AssumedRole";
      case OIDC_SUBJECT -> "OidcSubject";
      case SPIFFE_ID -> "SpiffeId";
      case DNS_NAME -> "DnsName";
      case API_CLIENT -> "ApiKey";
    };
  }

  private void writeUnknownUser(String field) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("name", "unknown");
    json.writeNumberField("type_id", 0);
    json.writeEndObject();
  }

  private void writeApi() throws IOException {
    json.writeObjectFieldStart("api");
    json.writeStringField("operation", event.method());
    writeService();
    json.writeEndObject();
  }

  private void writeService() throws IOException {
    int slash = event.method().lastIndexOf('/');
    json.writeObjectFieldStart("service");
    json.writeStringField("name", slash < 0 ? event.method() : event.method().substring(0, slash));
    json.writeEndObject();
  }

  private void writeOutcome() throws IOException {
    json.writeNumberField("severity_id", reason.isEmpty() ? INFORMATIONAL : LOW);
    boolean isSuccess = reason.isEmpty() || isAdmittedInstead();
    json.writeNumberField("status_id", isSuccess ? SUCCESS : FAILURE);
    if (reason.isPresent() && !isSuccess) {
      json.writeStringField("status_code", reason.get().name());
      json.writeStringField("status_detail", reason.get().description());
    }
  }

  private void writePeer() throws IOException {
    json.writeObjectFieldStart("src_endpoint");
    json.writeStringField(event.peer().equals("unknown") ? "name" : "ip", event.peer());
    json.writeEndObject();
  }

  /** The time that a record covers which stands for others too. */
  private void writeSpan() throws IOException {
    if (event.leftOut().count() > 0) {
      json.writeNumberField("count", event.leftOut().count() + 1);
      if (event.leftOut().since().isPresent()) {
        json.writeNumberField("start_time", event.leftOut().since().get().toEpochMilli());
        json.writeNumberField("end_time", event.time().toEpochMilli());
      }
    }
  }

  private void writeUnmapped() throws IOException {
    json.writeStringField(
        "decision",
        event
            .outcome()
            .fold(
                allowed -> rule.isPresent() ? "allowed" : "public",
                refused -> "refused",
                ended -> "ended",
                instead -> "admitted_instead_of_refused",
                differs -> "shadow_differs"));
    json.writeStringField("method", event.method());
    if (reason.isPresent()) {
      json.writeStringField("reason", reason.get().name());
    }
    if (event.caller().isPresent()) {
      writeProof(event.caller().get());
    }
    if (event.facts().isPresent()) {
      write(event.facts().get());
    }
    if (event.origin().credential().isPresent()) {
      json.writeStringField("credential_fingerprint", event.origin().credential().get().value());
    }
    if (rule.isPresent()) {
      json.writeStringField("rule", rule.get().value());
    }
    Optional<PermissionName> permission = event.outcome().permission();
    if (permission.isPresent()) {
      json.writeStringField("permission", permission.get().value());
    }
    if (event.outcome() instanceof AdmittedInstead instead) {
      json.writeStringField("would_have", instead.wouldHave().label());
    }
    if (event.outcome() instanceof ShadowDiffers differs) {
      json.writeStringField("shadow", differs.shadow().label());
      if (differs.shadowRule().isPresent()) {
        json.writeStringField("shadow_rule", differs.shadowRule().get().value());
      }
    }
    if (event.leftOut().count() > 0) {
      json.writeNumberField("left_out", event.leftOut().count());
      json.writeStringField("left_out_of", event.leftOut().of().label());
    }
  }

  private void writeProof(Caller caller) throws IOException {
    json.writeStringField("scheme", caller.evidence().scheme());
    json.writeStringField("proven_by", caller.evidence().carrier().label());
    for (Fact fact : caller.evidence().facts()) {
      json.writeStringField(fact.field(), fact.value());
    }
    if (caller.via().isPresent()) {
      json.writeStringField("via", caller.via().get().principal().text());
    }
    if (!caller.attributes().actors().isEmpty()) {
      json.writeArrayFieldStart("actors");
      for (Principal actor : caller.attributes().actors()) {
        json.writeString(actor.text());
      }
      json.writeEndArray();
    }
  }

  /** In {@code unmapped}, and not as a user's credential: the credential claims them, no more. */
  private void write(Facts facts) throws IOException {
    for (Fact fact : facts.list()) {
      json.writeStringField(fact.field(), fact.value());
    }
  }
}
