package dev.rolecall.cli.access.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.terminal.Columns;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.LockTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Locks as people and scripts read them. */
public final class LockView {

  private LockView() {}

  /** Prints one lock with all that the service says of it. */
  public static void print(PrintWriter out, LockState lock, boolean isJson) {
    if (isJson) {
      JsonOutput.print(out, json -> write(json, lock));
    } else {
      details(lock).print(out);
    }
  }

  /** Prints a table of locks, or an array. */
  public static void printAll(PrintWriter out, List<LockState> locks, boolean isJson) {
    if (isJson) {
      JsonOutput.printAll(out, locks, LockView::write);
      return;
    }
    if (locks.isEmpty()) {
      out.println("no locks");
      return;
    }
    Columns table = new Columns("id", "locked", "until", "by");
    locks.forEach(
        lock ->
            table.add(
                lock.getId(),
                target(lock.getTarget()),
                lock.hasUntil() ? Times.text(true, lock.getUntil()) : "unlocked",
                Names.brief(lock.getLockedBy())));
    table.print(out);
  }

  private static String target(LockTarget target) {
    if (!target.getPerson().isEmpty()) {
      return target.getPerson();
    }
    return target.getAccessKeyId().isEmpty()
        ? target.getRoleArn() + " (" + target.getRoleId() + ")"
        : "access key " + target.getAccessKeyId() + " of " + target.getRoleArn();
  }

  private static String state(LockState lock) {
    return lock.getUnlocked() ? "UNLOCKED" : "LOCKED";
  }

  private static Details details(LockState lock) {
    Details details =
        new Details("lock " + lock.getId() + "  " + state(lock))
            .add("target", target(lock.getTarget()))
            .add("reason", lock.getReason())
            .add("until", until(lock))
            .add("issued till", Times.text(lock.hasIssuedBefore(), lock.getIssuedBefore()))
            .add("locked by", Names.full(lock.getLockedBy()))
            .add("revision", String.valueOf(lock.getRevision()));
    if (!lock.getUnlocked()) {
      lock.getAlsoHitsList().forEach(words -> details.add("also hits", words));
    }
    return details;
  }

  private static String until(LockState lock) {
    if (lock.getUnlocked()) {
      return "now: it is taken away";
    }
    return lock.hasUntil() ? Times.text(true, lock.getUntil()) : "it is taken away";
  }

  private static void write(JsonGenerator json, LockState lock) throws IOException {
    json.writeStringField("id", lock.getId());
    json.writeStringField("state", state(lock));
    json.writeNumberField("revision", lock.getRevision());
    json.writeObjectFieldStart("target");
    Names.optional(json, "person", lock.getTarget().getPerson());
    Names.optional(json, "roleId", lock.getTarget().getRoleId());
    Names.optional(json, "roleArn", lock.getTarget().getRoleArn());
    Names.optional(json, "accessKeyId", lock.getTarget().getAccessKeyId());
    json.writeEndObject();
    json.writeStringField("reason", lock.getReason());
    Names.optional(json, "until", Times.exact(lock.hasUntil(), lock.getUntil()));
    Names.optional(
        json, "issuedBefore", Times.exact(lock.hasIssuedBefore(), lock.getIssuedBefore()));
    Names.write(json, "lockedBy", lock.hasLockedBy(), lock.getLockedBy());
    JsonOutput.texts(json, "alsoHits", lock.getAlsoHitsList());
  }
}
