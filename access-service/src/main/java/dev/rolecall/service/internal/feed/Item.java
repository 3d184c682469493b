package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.grants.v1.Holder;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.Subject;
import java.time.Instant;

/** The newest state of one grant or lock, as all subscribers share it. */
sealed interface Item {

  /** The id of the grant or lock. */
  String id();

  /** The revision of its last change. */
  long revision();

  /** Whether time has ended it, so that both sides may forget it. */
  boolean isOver(long storeMillis);

  /**
   * A grant.
   *
   * @param state the message of it
   */
  record OfGrant(GrantState state) implements Item {
    public OfGrant {
      requireNonNull(state, "state");
    }

    static OfGrant of(AccessGrant grant) {
      return new OfGrant(
          GrantState.newBuilder()
              .setId(grant.id())
              .setRevision(grant.revision())
              .setVersion(grant.standing().version())
              .setPermission(grant.scope().permission().value().intern())
              .addAllResources(grant.scope().resources().stream().map(ResourceName::value).toList())
              .setHolder(holder(grant.holder()))
              .setStartsAtMs(grant.period().startsAt().toEpochMilli())
              .setEndsAtMs(grant.period().endsAt().toEpochMilli())
              .setRevoked(grant.isRevoked())
              .build());
    }

    private static Holder holder(Subject subject) {
      return Holder.newBuilder()
          .setPrincipal(subject.principal())
          .setRoleId(subject.roleId().map(RoleId::value).orElse(""))
          .setSessionName(subject.sessionName().orElse(""))
          .build();
    }

    @Override
    public String id() {
      return state.getId();
    }

    @Override
    public long revision() {
      return state.getRevision();
    }

    @Override
    public boolean isOver(long storeMillis) {
      return state.getEndsAtMs() <= storeMillis;
    }
  }

  /**
   * A lock. Its message follows from the directories of people as they are when it is sent.
   *
   * @param lock the lock
   */
  record OfLock(AccessLock lock) implements Item {
    public OfLock {
      requireNonNull(lock, "lock");
    }

    @Override
    public String id() {
      return lock.id();
    }

    @Override
    public long revision() {
      return lock.revision();
    }

    boolean isLifted() {
      return lock.unlocked().isPresent();
    }

    @Override
    public boolean isOver(long storeMillis) {
      return lock.limits()
          .until()
          .map(until -> !until.isAfter(Instant.ofEpochMilli(storeMillis)))
          .orElse(false);
    }
  }
}
