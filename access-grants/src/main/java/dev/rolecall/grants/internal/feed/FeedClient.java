package dev.rolecall.grants.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.internal.known.KnownState;
import dev.rolecall.grants.internal.known.Position;
import dev.rolecall.grants.v1.FeedMessage;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Follows the feed of an access service: one subscription at a time, sought again at the next node
 * whenever it ends, is silent or breaks a rule. What is known stays meanwhile. Safe for use by many
 * threads; never blocks.
 */
public final class FeedClient implements AutoCloseable {

  private static final long SWEEP = Duration.ofMinutes(1).toNanos();

  private final KnownState state;
  private final Runnable changed;
  private final FeedRecords records;
  private final Alarm looking;
  private final Alarm seeking;
  private final Object lock = new Object();

  // Guarded by lock.
  private final Connection connection;
  private final Intake intake;
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private Phase phase = Phase.IDLE;

  /** The phases of a follower. */
  private enum Phase {
    /** Not told what to follow. */
    IDLE,
    /** Follows, or is about to. */
    ACTIVE,
    /** Over. */
    CLOSED
  }

  /**
   * A follower that begins once it is told what to follow. Blocks on the file, if there is one.
   *
   * @param nodes are closed with it
   * @param changed runs after each change of an answer, on the thread that heard of it
   */
  public FeedClient(
      FeedSettings settings,
      FeedNodes nodes,
      KnownState state,
      AccessRuntime runtime,
      Runnable changed) {
    this.state = requireNonNull(state, "state");
    this.changed = requireNonNull(changed, "changed");
    runtime.supervising(SupervisedTask.GRANT_FEED);
    this.records = new FeedRecords(runtime, state, this::isFollowing);
    this.connection =
        new Connection(settings, nodes, records.metrics(), records.log(), runtime.random());
    KeptGrants kept = KeptGrants.of(settings, state, runtime);
    this.intake = new Intake(state, settings.mostGrants(), records.metrics(), records.log(), kept);
    this.looking = new Alarm(runtime, this::look);
    this.seeking = new Alarm(runtime, this::seek);
    intake.restore();
  }

  private boolean isFollowing() {
    synchronized (lock) {
      return connection.isHeard();
    }
  }

  /** Follows the grants of those permissions from now on, and the locks. */
  public void follow(Set<String> permissions) {
    synchronized (lock) {
      if (phase == Phase.CLOSED) {
        return;
      }
      connection.want(permissions);
      state.require(permissions);
      boolean begins = phase == Phase.IDLE;
      phase = Phase.ACTIVE;
      try {
        if (begins) {
          open();
        } else if (connection.isOpen() && !connection.covers()) {
          connection.replace();
          intake.cutOff();
          open();
        }
      } finally {
        setAlarm();
      }
    }
  }

  private void open() {
    acknowledgements.tellAgain();
    connection.open(this, intake.resumeWith(connection.wanted()), state.ticks());
  }

  private void seekAfter(Duration pause) {
    intake.cutOff();
    seeking.at(state.ticks() + pause.toNanos());
  }

  private void seek() {
    synchronized (lock) {
      if (phase == Phase.ACTIVE && !connection.isOpen()) {
        try {
          open();
        } finally {
          setAlarm();
        }
      }
    }
  }

  /** A message came. One that breaks a rule ends its stream. */
  void heard(FeedStream stream, FeedMessage message) {
    Optional<Intake.Taken> taken;
    synchronized (lock) {
      if (phase == Phase.CLOSED || connection.isOld(stream)) {
        return;
      }
      taken = intake.take(stream, message);
      if (taken.isEmpty()) {
        seekAfter(connection.refused());
      } else {
        taken.get().position().ifPresent(this::complete);
      }
      setAlarm();
    }
    if (taken.map(Intake.Taken::changed).orElse(false)) {
      records.turned();
      changed.run();
    }
  }

  private void complete(Position position) {
    connection.works();
    acknowledgements.await(state.changes(), position.revision());
    acknowledge();
  }

  /** The live calls were looked over at that count of changes, and so many of them ended. */
  public void enforced(long changes, int ended) {
    synchronized (lock) {
      acknowledgements.enforced(changes, ended);
      acknowledge();
    }
  }

  private void acknowledge() {
    OptionalLong due = acknowledgements.due();
    FeedStream stream = connection.current();
    if (due.isPresent()
        && stream != null
        && stream.acknowledge(due.getAsLong(), acknowledgements.ended())) {
      acknowledgements.told(due.getAsLong());
    }
  }

  /** A stream ended at the other end. */
  void ended(FeedStream stream, Status status) {
    synchronized (lock) {
      if (phase == Phase.ACTIVE && !connection.isOld(stream)) {
        seekAfter(connection.lost(status));
      }
    }
  }

  /** Looks at the time: silence, age, locks that are over, grants to forget. */
  private void look() {
    boolean turned;
    synchronized (lock) {
      if (phase == Phase.CLOSED) {
        return;
      }
      state.forgetEndedGrants();
      turned = state.timePassed();
      // Messages that come and state an old time are as good as none.
      boolean late = turned && connection.isHeard() && !state.isFresh(state.ticks());
      if (late || connection.isSilent(state.ticks())) {
        if (!connection.isHeard()) {
          intake.unanswered();
        }
        seekAfter(connection.silent());
      }
      setAlarm();
    }
    if (turned) {
      records.turned();
      changed.run();
    }
  }

  private void setAlarm() {
    long now = state.ticks();
    looking.at(now + SWEEP);
    if (state.isFresh(now)) {
      looking.at(state.freshUntil());
    }
    FeedStream stream = connection.current();
    if (stream != null) {
      looking.at(connection.silentAt(stream));
    }
    OptionalLong lockEnd = state.nextLockEnd();
    if (lockEnd.isPresent()) {
      looking.at(lockEnd.getAsLong());
    }
  }

  /** Ends it. Does not wait. */
  @Override
  public void close() {
    synchronized (lock) {
      if (phase == Phase.CLOSED) {
        return;
      }
      phase = Phase.CLOSED;
      connection.close();
    }
    looking.close();
    seeking.close();
    records.close();
  }
}
