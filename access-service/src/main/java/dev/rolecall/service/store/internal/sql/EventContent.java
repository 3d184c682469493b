package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.Scope;
import dev.rolecall.service.store.internal.row.JsonText;
import java.io.IOException;
import java.util.Optional;

/**
 * The content of an event.
 *
 * @param about what it is about
 * @param body a JSON object with the details: names are snake_case, times RFC 3339, durations ISO
 */
record EventContent(AccessEvent.About about, String body) {

  EventContent {
    requireNonNull(about, "about");
    requireNonNull(body, "body");
  }

  /** A request, and the reason of the act if it has another than the request. */
  static EventContent of(AccessRequest request, Optional<FreeText> actReason) {
    return new EventContent(
        about(request, request.standing().grantId()),
        JsonText.object(json -> write(json, request, actReason)));
  }

  /** A request with the grant that it made or changed. */
  static EventContent of(AccessRequest request, AccessGrant grant, Optional<FreeText> actReason) {
    return new EventContent(
        about(request, Optional.of(grant.id())),
        JsonText.object(
            json -> {
              write(json, request, actReason);
              json.writeStringField("grant_id", grant.id());
              write(json, grant);
            }));
  }

  private static AccessEvent.About about(AccessRequest request, Optional<String> grantId) {
    return new AccessEvent.About(
        request.id(), grantId, Optional.of(request.ask().scope().permission()));
  }

  static EventContent of(AccessGrant grant, Optional<FreeText> actReason) {
    return new EventContent(
        new AccessEvent.About(
            grant.id(), Optional.of(grant.id()), Optional.of(grant.scope().permission())),
        JsonText.object(
            json -> {
              json.writeStringField("grant_id", grant.id());
              json.writeStringField("request_id", grant.origin().requestId());
              write(json, grant.scope());
              json.writeStringField("holder", grant.holder().party());
              json.writeBooleanField("break_glass", grant.origin().breakGlass());
              write(json, grant);
              write(json, "reason", actReason);
            }));
  }

  static EventContent of(AccessLock lock, Optional<FreeText> actReason) {
    return new EventContent(
        about(lock.id()),
        JsonText.object(
            json -> {
              json.writeStringField("lock_id", lock.id());
              json.writeStringField("target_kind", lock.target().kind().name());
              json.writeStringField("target", lock.target().value());
              if (lock.target().principal().isPresent()) {
                json.writeStringField("role", lock.target().principal().get());
              }
              if (lock.limits().until().isPresent()) {
                json.writeStringField("until", lock.limits().until().get().toString());
              }
              if (lock.limits().issuedBefore().isPresent()) {
                json.writeStringField(
                    "issued_before", lock.limits().issuedBefore().get().toString());
              }
              write(json, "reason", actReason);
            }));
  }

  static EventContent ofKey(String kid) {
    return new EventContent(about(kid), JsonText.object(json -> json.writeStringField("kid", kid)));
  }

  private static AccessEvent.About about(String ref) {
    return new AccessEvent.About(ref, Optional.empty(), Optional.empty());
  }

  private static void write(JsonGenerator json, AccessRequest request, Optional<FreeText> actReason)
      throws IOException {
    json.writeStringField("request_id", request.id());
    write(json, request.ask().scope());
    json.writeStringField("requester", request.ask().requester().party());
    json.writeStringField("beneficiary", request.ask().beneficiary().party());
    json.writeStringField("duration", request.ask().time().duration().toString());
    if (request.ask().time().startsAt().isPresent()) {
      json.writeStringField("starts_at", request.ask().time().startsAt().get().toString());
    }
    json.writeStringField("created_at", request.times().createdAt().toString());
    json.writeStringField("pending_until", request.times().pendingUntil().toString());
    json.writeNumberField("quorum", request.terms().quorum());
    json.writeBooleanField("break_glass", request.ask().kind() == AskKind.BREAK_GLASS);
    json.writeBooleanField("extension", request.ask().kind() == AskKind.EXTENSION);
    write(json, "request_reason", request.ask().why().reason());
    write(json, "ticket", request.ask().why().ticket());
    write(json, "reason", actReason);
  }

  private static void write(JsonGenerator json, AccessGrant grant) throws IOException {
    json.writeStringField("grant_starts_at", grant.period().startsAt().toString());
    json.writeStringField("grant_ends_at", grant.period().endsAt().toString());
    json.writeNumberField("grant_version", grant.standing().version());
  }

  private static void write(JsonGenerator json, Scope scope) throws IOException {
    json.writeStringField("permission", scope.permission().value());
    if (!scope.isWhole()) {
      json.writeArrayFieldStart("resources");
      for (ResourceName resource : scope.resources()) {
        json.writeString(resource.value());
      }
      json.writeEndArray();
    }
  }

  private static void write(JsonGenerator json, String field, Optional<FreeText> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(field, text.get().value());
    }
  }
}
