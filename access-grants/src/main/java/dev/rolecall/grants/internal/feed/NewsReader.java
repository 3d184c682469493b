package dev.rolecall.grants.internal.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.grants.internal.known.Changes;
import dev.rolecall.grants.internal.known.GrantKey;
import dev.rolecall.grants.internal.known.KnownGrant;
import dev.rolecall.grants.internal.known.KnownLock;
import dev.rolecall.grants.internal.known.LockPart;
import dev.rolecall.grants.internal.known.News;
import dev.rolecall.grants.internal.known.Position;
import dev.rolecall.grants.internal.known.Term;
import dev.rolecall.grants.token.GrantScope;
import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.grants.v1.FeedLock;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.grants.v1.Holder;
import dev.rolecall.grants.v1.Locked;
import dev.rolecall.grants.v1.SigningKey;
import dev.rolecall.grants.v1.SigningKeyState;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.KeySetReading;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the messages of a feed, strictly: counts first, then each value. A message with one value
 * that breaks its rule is refused as a whole.
 */
final class NewsReader {

  /** More than a service sends at once. */
  static final int MOST_ENTRIES = 10_000;

  /** Twice the roles that a directory of a service may have: those of now, and of the lock. */
  private static final int MOST_PARTS = 10_000;

  private static final int LONGEST_ID = 100;
  private static final int LONGEST_PRINCIPAL = 2_048;
  private static final int LONGEST_NAME = 256;

  /** The last millisecond of the year 9999. */
  private static final long LATEST = 253_402_300_799_999L;

  private static final Alphabet PRINTABLE = Alphabet.range('!', '~');

  private NewsReader() {}

  static NewsReading read(FeedMessage message) {
    if (message.getGrantsCount() > MOST_ENTRIES
        || message.getLocksCount() > MOST_ENTRIES
        || message.getKeysCount() > KeySet.MAX_KEYS) {
      return new NewsReading.Refused("more entries than a message may have");
    }
    if (!isId(message.getEpoch())) {
      return new NewsReading.Refused("the epoch is no name");
    }
    if (message.getRevision() < 0 || !isTime(message.getServerTimeMs())) {
      return new NewsReading.Refused("the revision or the time is out of range");
    }
    List<KnownGrant> grants = new ArrayList<>(message.getGrantsCount());
    for (GrantState grant : message.getGrantsList()) {
      Optional<KnownGrant> read = grant(grant, message.getRevision());
      if (read.isEmpty()) {
        return new NewsReading.Refused("a grant breaks a rule of its form");
      }
      grants.add(read.get());
    }
    List<KnownLock> locks = new ArrayList<>(message.getLocksCount());
    for (FeedLock lock : message.getLocksList()) {
      Optional<KnownLock> read = lock(lock, message.getRevision());
      if (read.isEmpty()) {
        return new NewsReading.Refused("a lock breaks a rule of its form");
      }
      locks.add(read.get());
    }
    return new NewsReading.Read(
        new News(
            new Position(message.getEpoch(), message.getRevision()),
            message.getServerTimeMs(),
            message.getReset(),
            message.getMore(),
            new Changes(grants, locks, keys(message.getKeysList()))));
  }

  private static boolean isId(String text) {
    return PRINTABLE.spells(text, 1, LONGEST_ID);
  }

  private static boolean isTime(long millis) {
    return millis > 0 && millis <= LATEST;
  }

  private static boolean isTimeOrNone(long millis) {
    return millis >= 0 && millis <= LATEST;
  }

  private static boolean isRevision(long revision, long ofMessage) {
    return revision > 0 && revision <= ofMessage;
  }

  private static Optional<KnownGrant> grant(GrantState grant, long revision) {
    Holder holder = grant.getHolder();
    String who = holder.getRoleId().isEmpty() ? holder.getPrincipal() : holder.getRoleId();
    if (!isId(grant.getId())
        || !isRevision(grant.getRevision(), revision)
        || grant.getResourcesCount() > GrantScope.MOST_RESOURCES
        || !isTime(grant.getStartsAtMs())
        || !isTime(grant.getEndsAtMs())
        || grant.getEndsAtMs() <= grant.getStartsAtMs()
        || holder.getPrincipal().length() > LONGEST_PRINCIPAL
        || holder.getRoleId().length() > LONGEST_NAME
        || !isSession(holder.getSessionName())
        || who.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new KnownGrant(
              grant.getId(),
              grant.getRevision(),
              new GrantKey(
                  PermissionName.of(grant.getPermission()).value().intern(),
                  who,
                  holder.getSessionName()),
              grant.getResourcesList().stream().map(NewsReader::resource).toList(),
              new Term(grant.getStartsAtMs(), grant.getEndsAtMs(), grant.getRevoked())));
    } catch (IllegalArgumentException e) {
      // A name that breaks its rule; the message would quote it.
      return Optional.empty();
    }
  }

  private static String resource(String text) {
    return ResourceName.of(text).value();
  }

  /** A name in lower case: another would never be matched, and its grant or lock be void. */
  private static boolean isSession(String name) {
    return name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isUpperCase);
  }

  private static Optional<KnownLock> lock(FeedLock lock, long revision) {
    if (!isId(lock.getId())
        || !isRevision(lock.getRevision(), revision)
        || lock.getLockedCount() > MOST_PARTS
        || !isTimeOrNone(lock.getUntilMs())
        || !isTimeOrNone(lock.getIssuedBeforeMs())
        || !lock.getLockedList().stream().allMatch(NewsReader::isPart)) {
      return Optional.empty();
    }
    return Optional.of(
        new KnownLock(
            lock.getId(),
            lock.getRevision(),
            new KnownLock.Span(lock.getUntilMs(), lock.getIssuedBeforeMs()),
            lock.getUnlocked(),
            lock.getLockedList().stream().map(NewsReader::part).toList()));
  }

  /** An empty part would lock every caller; so would one of which this version knows nothing. */
  private static boolean isPart(Locked part) {
    return part.getPrincipal().length() <= LONGEST_PRINCIPAL
        && part.getRoleId().length() <= LONGEST_NAME
        && isSession(part.getSessionName())
        && part.getAccessKeyId().length() <= LONGEST_NAME
        && !(part.getPrincipal().isEmpty()
            && part.getRoleId().isEmpty()
            && part.getSessionName().isEmpty()
            && part.getAccessKeyId().isEmpty());
  }

  private static LockPart part(Locked part) {
    return new LockPart(
        part.getPrincipal(), part.getRoleId(), part.getSessionName(), part.getAccessKeyId());
  }

  /**
   * The keys. One of a state, an algorithm or a form that is not known here is left out, since a
   * newer service may have others.
   */
  private static Optional<KeySet> keys(List<SigningKey> keys) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    String set =
        keys.stream()
            .filter(NewsReader::isUsed)
            .map(SigningKey::getPublicJwk)
            .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    return KeySet.parse(set.getBytes(UTF_8)) instanceof KeySetReading.Read read
        ? Optional.of(read.keys())
        : Optional.of(KeySet.of(List.of()));
  }

  private static boolean isUsed(SigningKey key) {
    boolean known =
        key.getState() == SigningKeyState.NEXT
            || key.getState() == SigningKeyState.CURRENT
            || key.getState() == SigningKeyState.RETIRED;
    return known
        && GrantTokenClaims.ALGORITHMS.stream().anyMatch(alg -> alg.jose().equals(key.getAlg()));
  }
}
