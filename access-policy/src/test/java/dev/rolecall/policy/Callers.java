package dev.rolecall.policy;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.time.Instant;

/** Callers by the name of their role, in one account unless the test says otherwise. */
public final class Callers {

  public static final String ROLE = "arn:aws:iam::111122223333:role/";
  public static final RoleId ID = RoleId.parse("AROAEXAMPLE000000001");

  private Callers() {}

  public static Caller named(String role) {
    return of(ROLE + role);
  }

  public static Caller of(String arn) {
    return of(arn, ID);
  }

  public static Caller of(String arn, RoleId id) {
    return Caller.of(
        new IamRole(RoleArn.parse(arn), id),
        Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "session"),
        Instant.EPOCH);
  }
}
