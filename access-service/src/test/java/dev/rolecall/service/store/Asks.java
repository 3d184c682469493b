package dev.rolecall.service.store;

import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.Narrowing;
import dev.rolecall.service.request.NewRequest;
import dev.rolecall.service.request.NewReview;
import dev.rolecall.service.request.Scope;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.request.Terms;
import dev.rolecall.service.request.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests as tests make them, each with people and a permission of its own. */
final class Asks {

  static final Duration HOUR = Duration.ofHours(1);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Subject requester;
  private final Scope scope;
  private final int quorum;
  private final Duration pendingFor;

  private Asks(Subject requester, Scope scope, int quorum, Duration pendingFor) {
    this.requester = requester;
    this.scope = scope;
    this.quorum = quorum;
    this.pendingFor = pendingFor;
  }

  /** Of a new person for a new permission, for one approval. */
  static Asks one() {
    int number = NUMBER.incrementAndGet();
    return new Asks(
        person("asker" + number),
        Scope.of(PermissionName.of("permission-" + number)),
        1,
        Duration.ofHours(8));
  }

  /** Of the holder of that grant, for the same. */
  static Asks of(AccessGrant grant) {
    return new Asks(grant.holder(), grant.scope(), 1, Duration.ofHours(8));
  }

  static Subject person(String name) {
    return person(name, "Engineer", "AROAENGINEER00001");
  }

  static Subject person(String name, String role, String roleId) {
    return new Subject(
        "arn:aws:iam::111122223333:role/" + role,
        Optional.of(RoleId.parse(roleId)),
        Optional.of("corp/" + name));
  }

  Asks quorum(int people) {
    return new Asks(requester, scope, people, pendingFor);
  }

  Asks permission(String name) {
    return new Asks(requester, Scope.of(PermissionName.of(name)), quorum, pendingFor);
  }

  Asks pendingFor(Duration time) {
    return new Asks(requester, scope, quorum, time);
  }

  Asks resources(String... names) {
    return new Asks(
        requester,
        new Scope(scope.permission(), Arrays.stream(names).map(ResourceName::of).toList()),
        quorum,
        pendingFor);
  }

  Subject requester() {
    return requester;
  }

  Scope scope() {
    return scope;
  }

  NewRequest request(Duration duration) {
    return make(AskKind.ORDINARY, Ask.Time.of(duration), Optional.empty(), Optional.empty());
  }

  NewRequest keyed(Duration duration, String key) {
    return make(AskKind.ORDINARY, Ask.Time.of(duration), Optional.of(key), Optional.empty());
  }

  NewRequest scheduled(Instant start, Duration duration) {
    return make(
        AskKind.ORDINARY,
        new Ask.Time(duration, Optional.of(start)),
        Optional.empty(),
        Optional.empty());
  }

  NewRequest breakGlass(Duration duration) {
    return make(AskKind.BREAK_GLASS, Ask.Time.of(duration), Optional.empty(), Optional.empty());
  }

  NewRequest extension(String grantId, Duration duration) {
    return make(AskKind.EXTENSION, Ask.Time.of(duration), Optional.empty(), Optional.of(grantId));
  }

  private NewRequest make(
      AskKind kind, Ask.Time time, Optional<String> key, Optional<String> grantId) {
    return new NewRequest(
        new Ask(
            requester,
            requester,
            scope,
            new Ask.Why(Optional.of(FreeText.of("to mend it")), Optional.empty()),
            time,
            kind),
        new Terms(quorum, pendingFor, "{\"rule\":1}"),
        key,
        grantId);
  }

  static NewReview approval(String requestId, Subject reviewer) {
    return approval(requestId, reviewer, Narrowing.NONE);
  }

  static NewReview approval(String requestId, Subject reviewer, Narrowing narrowing) {
    return new NewReview(
        requestId, reviewer, Vote.APPROVE, Optional.of(FreeText.of("fine")), narrowing, 0);
  }

  static NewReview denial(String requestId, Subject reviewer) {
    return new NewReview(
        requestId, reviewer, Vote.DENY, Optional.of(FreeText.of("no")), Narrowing.NONE, 0);
  }

  static Narrowing narrowed(Duration duration, String... resources) {
    return new Narrowing(
        Optional.ofNullable(duration.isZero() ? null : duration),
        Arrays.stream(resources).map(ResourceName::of).toList());
  }

  static List<ResourceName> names(String... resources) {
    return Arrays.stream(resources).map(ResourceName::of).sorted().toList();
  }

  /** The value; fails the test for every other outcome. */
  static <T> T done(CompletionStage<Outcome<T>> stage) {
    return outcome(stage)
        .fold(
            value -> value,
            refusal -> {
              throw new AssertionError("refused: " + refusal);
            },
            outage -> {
              throw new AssertionError("unavailable: " + outage);
            });
  }

  /** The reason of the refusal; fails the test for every other outcome. */
  static <T> Refusal.Reason refused(CompletionStage<Outcome<T>> stage) {
    return outcome(stage)
        .fold(
            value -> {
              throw new AssertionError("done: " + value);
            },
            Refusal::reason,
            outage -> {
              throw new AssertionError("unavailable: " + outage);
            });
  }

  static <T> Outcome<T> outcome(CompletionStage<Outcome<T>> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
