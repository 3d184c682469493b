package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.Enforcer;
import dev.rolecall.grants.v1.Event;
import dev.rolecall.grants.v1.ListEnforcersResponse;
import dev.rolecall.grants.v1.ListEventsRequest;
import dev.rolecall.grants.v1.ListEventsResponse;
import dev.rolecall.grants.v1.ListPermissionsResponse;
import dev.rolecall.grants.v1.Permission;
import dev.rolecall.grants.v1.WhoAmIResponse;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.rules.AccessRule;
import dev.rolecall.service.rules.ResourcePattern;
import dev.rolecall.service.store.EventFilter;
import dev.rolecall.service.store.EventSearch;
import java.util.Optional;

/** Tells callers what they are and may do, and administrators what has happened. */
final class AuditCalls {

  private final Backend backend;

  AuditCalls(Backend backend) {
    this.backend = backend;
  }

  /** Also while the store is away: it is what a person asks first. */
  WhoAmIResponse whoAmI(Viewer viewer) {
    WhoAmIResponse.Builder answer =
        WhoAmIResponse.newBuilder()
            .setCaller(Subjects.message(viewer.subject()))
            .setAdmin(viewer.isAdmin())
            .setEnforcer(viewer.isEnforcer())
            .setLocked(backend.view().isLocked(viewer.caller()));
    backend.view().time().ifPresent(time -> answer.setServerTime(WireTime.of(time)));
    return answer.build();
  }

  ListPermissionsResponse permissions(Viewer viewer) {
    ListPermissionsResponse.Builder list = ListPermissionsResponse.newBuilder();
    viewer
        .rules()
        .rules()
        .values()
        .forEach(
            rule -> {
              boolean asks = rule.mayRequest(viewer.subject());
              boolean reviews = rule.mayReview(viewer.subject());
              if (asks || reviews || viewer.isAdmin()) {
                list.addPermissions(message(rule, asks, reviews));
              }
            });
    return list.build();
  }

  private static Permission message(AccessRule rule, boolean asks, boolean reviews) {
    Permission.Builder message =
        Permission.newBuilder()
            .setName(rule.permission().value())
            .setMayRequest(asks)
            .setMayReview(reviews)
            .setQuorum(rule.reviewing().quorum())
            .setMaxDuration(WireTime.of(rule.limits().maxDuration()))
            .setPendingFor(WireTime.of(rule.reviewing().pendingFor()))
            .setMayScheduleAhead(WireTime.of(rule.limits().scheduleAhead()))
            .setReasonRequired(true)
            .setTicketRequired(rule.tickets().required())
            .addAllResources(rule.resources().stream().map(ResourcePattern::text).toList());
    rule.limits()
        .breakGlass()
        .ifPresent(
            emergency -> message.setBreakGlassMaxDuration(WireTime.of(emergency.maxDuration())));
    return message.build();
  }

  Reply<ListEventsResponse> events(Viewer viewer, ListEventsRequest message) {
    return Allowed.admin(viewer)
        .then(
            admin ->
                Reply.reading(() -> WireText.page(message.getPageSize(), message.getPageToken())))
        .then(
            page ->
                Reply.reading(() -> filter(message))
                    .then(filter -> Reply.of(backend.store().events(filter, page))))
        .map(
            page -> {
              ListEventsResponse.Builder list = ListEventsResponse.newBuilder();
              page.items().forEach(each -> list.addEvents(message(each)));
              page.next().ifPresent(list::setNextPageToken);
              return list.build();
            });
  }

  private static EventFilter filter(ListEventsRequest message) {
    if (message.getAfterRevision() < 0) {
      throw InvalidValue.of(
          "after_revision", Long.toString(message.getAfterRevision()), "0 or more");
    }
    return new EventFilter(
        message.getAfterRevision(),
        WireText.stated(message.getRef()).map(ref -> WireText.id("ref", ref)),
        WireText.permission(message.getPermission()),
        search(message),
        message.getNewestFirst());
  }

  private static EventSearch search(ListEventsRequest message) {
    return new EventSearch(
        WireText.stated(message.getWho().strip()),
        WireText.stated(message.getKind()),
        WireText.stated(message.getText().strip()),
        message.hasFrom()
            ? Optional.of(WireTime.instant("from", message.getFrom()))
            : Optional.empty(),
        message.hasUntil()
            ? Optional.of(WireTime.instant("until", message.getUntil()))
            : Optional.empty());
  }

  private static Event message(AccessEvent event) {
    Event.Builder message =
        Event.newBuilder()
            .setRevision(event.revision())
            .setKind(event.word())
            .setRef(event.about().ref())
            .setAt(WireTime.of(event.at()))
            .setBody(event.body());
    event.actor().ifPresent(actor -> message.setActor(Subjects.message(actor)));
    return message.build();
  }

  Reply<ListEnforcersResponse> enforcers(Viewer viewer) {
    return Allowed.admin(viewer)
        .then(admin -> Reply.of(backend.store().position()))
        .then(
            position ->
                Reply.later(backend.view().enforcers())
                    .map(
                        enforcers -> {
                          ListEnforcersResponse.Builder list =
                              ListEnforcersResponse.newBuilder().setRevision(position.revision());
                          enforcers.forEach(each -> list.addEnforcers(message(each)));
                          return list.build();
                        }));
  }

  private static Enforcer message(dev.rolecall.service.request.Enforcer enforcer) {
    return Enforcer.newBuilder()
        .setNode(enforcer.node())
        .setCaller(Subjects.message(enforcer.caller()))
        .setConnected(enforcer.connected())
        .setAcknowledgedRevision(enforcer.confirmed().revision())
        .setAcknowledgedAt(WireTime.of(enforcer.confirmed().at()))
        .addAllPermissions(enforcer.permissions().stream().map(PermissionName::value).toList())
        .build();
  }
}
