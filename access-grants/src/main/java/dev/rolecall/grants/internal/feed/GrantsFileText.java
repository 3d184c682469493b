package dev.rolecall.grants.internal.feed;

import dev.rolecall.grants.internal.known.Changes;
import dev.rolecall.grants.internal.known.KnownGrant;
import dev.rolecall.grants.internal.known.KnownLock;
import dev.rolecall.grants.internal.known.LockPart;
import dev.rolecall.grants.internal.known.News;
import dev.rolecall.grants.internal.known.Position;
import dev.rolecall.grants.v1.FeedLock;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.grants.v1.Holder;
import dev.rolecall.grants.v1.Locked;
import dev.rolecall.grants.v1.Subscribe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The form of a file of grants: a number that says what it is, a SHA-256 of the rest, the wall
 * clock, and then messages of the feed as Protocol Buffers delimits them: the subscription, and
 * what was known. They are read as strictly as those of the feed. Keys of tokens are left out.
 */
final class GrantsFileText {

  private static final long WHAT = 0x726f6c6567720001L;
  private static final int DIGEST_BYTES = 32;
  private static final int ENTRIES = 1_000;

  private GrantsFileText() {}

  /**
   * The content of a file.
   *
   * @param permissions the permissions of which all grants are there
   * @param news what was known
   * @param writtenAt the wall clock when it was written
   */
  record Kept(Set<String> permissions, News news, Instant writtenAt) {

    /** The news as the service would have told them at that time of the wall clock. */
    News at(Instant confirmed) {
      long later = Math.max(0, Duration.between(writtenAt, confirmed).toMillis());
      return new News(news.position(), news.serviceMillis() + later, true, false, news.changes());
    }
  }

  static byte[] write(GrantsFile.Content content, Changes known) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    new DataOutputStream(body).writeLong(content.writtenAt().toEpochMilli());
    Subscribe.newBuilder()
        .addAllPermissions(content.permissions())
        .setEpoch(content.position().epoch())
        .setAfterRevision(content.position().revision())
        .build()
        .writeDelimitedTo(body);
    for (FeedMessage message : messages(content, known)) {
      message.writeDelimitedTo(body);
    }
    byte[] bytes = body.toByteArray();
    ByteArrayOutputStream file =
        new ByteArrayOutputStream(bytes.length + DIGEST_BYTES + Long.BYTES);
    DataOutputStream out = new DataOutputStream(file);
    out.writeLong(WHAT);
    out.write(digest(bytes));
    out.write(bytes);
    return file.toByteArray();
  }

  private static List<FeedMessage> messages(GrantsFile.Content content, Changes known) {
    List<FeedMessage> messages = new ArrayList<>();
    messages.add(
        message(content)
            .addAllLocks(known.locks().stream().map(GrantsFileText::of).toList())
            .build());
    List<KnownGrant> grants = known.grants();
    for (int from = 0; from < grants.size(); from += ENTRIES) {
      List<KnownGrant> part = grants.subList(from, Math.min(grants.size(), from + ENTRIES));
      messages.add(
          message(content).addAllGrants(part.stream().map(GrantsFileText::of).toList()).build());
    }
    return messages;
  }

  /** News that came since are newer than the position: a revision is at most the message's. */
  private static FeedMessage.Builder message(GrantsFile.Content content) {
    return FeedMessage.newBuilder()
        .setEpoch(content.position().epoch())
        .setRevision(Long.MAX_VALUE)
        .setServerTimeMs(content.serviceMillis());
  }

  private static GrantState of(KnownGrant grant) {
    return GrantState.newBuilder()
        .setId(grant.id())
        .setRevision(grant.revision())
        .setPermission(grant.key().permission())
        .addAllResources(grant.resources())
        .setHolder(
            Holder.newBuilder()
                .setPrincipal(grant.key().who())
                .setSessionName(grant.key().session()))
        .setStartsAtMs(grant.term().startsAtMillis())
        .setEndsAtMs(grant.term().endsAtMillis())
        .setRevoked(grant.term().revoked())
        .build();
  }

  private static FeedLock of(KnownLock lock) {
    return FeedLock.newBuilder()
        .setId(lock.id())
        .setRevision(lock.revision())
        .setUntilMs(lock.span().untilMillis())
        .setIssuedBeforeMs(lock.span().issuedBeforeMillis())
        .addAllLocked(lock.parts().stream().map(GrantsFileText::of).toList())
        .build();
  }

  private static Locked of(LockPart part) {
    return Locked.newBuilder()
        .setPrincipal(part.principal())
        .setRoleId(part.roleId())
        .setSessionName(part.session())
        .setAccessKeyId(part.accessKeyId())
        .build();
  }

  /** Empty if it is not such a file, or damaged. */
  static Optional<Kept> read(ByteArrayInputStream file) throws IOException {
    DataInputStream in = new DataInputStream(file);
    if (file.available() < Long.BYTES + DIGEST_BYTES || in.readLong() != WHAT) {
      return Optional.empty();
    }
    byte[] digest = in.readNBytes(DIGEST_BYTES);
    byte[] body = in.readAllBytes();
    return MessageDigest.isEqual(digest, digest(body)) && body.length >= Long.BYTES
        ? content(new DataInputStream(new ByteArrayInputStream(body)))
        : Optional.empty();
  }

  private static Optional<Kept> content(DataInputStream in) throws IOException {
    Instant writtenAt = Instant.ofEpochMilli(in.readLong());
    Subscribe header = Subscribe.parseDelimitedFrom(in);
    List<KnownGrant> grants = new ArrayList<>();
    List<KnownLock> locks = new ArrayList<>();
    long serviceMillis = 0;
    for (FeedMessage message = FeedMessage.parseDelimitedFrom(in);
        message != null;
        message = FeedMessage.parseDelimitedFrom(in)) {
      if (!(NewsReader.read(message) instanceof NewsReading.Read read)) {
        return Optional.empty();
      }
      serviceMillis = read.news().serviceMillis();
      grants.addAll(read.news().changes().grants());
      locks.addAll(read.news().changes().locks());
    }
    if (header == null || header.getAfterRevision() < 0 || serviceMillis == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Kept(
            Set.copyOf(header.getPermissionsList()),
            new News(
                new Position(header.getEpoch(), header.getAfterRevision()),
                serviceMillis,
                true,
                false,
                new Changes(grants, locks, Optional.empty())),
            writtenAt));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
