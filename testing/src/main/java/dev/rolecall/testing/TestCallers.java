package dev.rolecall.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Evidence.Carrier;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.stsemulator.PermissionSet;
import io.grpc.Context;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * Callers as plain values, and handlers' code run as if a guard had admitted them: for unit tests
 * without a server. Nothing here makes a credential; no guard admits a call by these callers.
 */
public final class TestCallers {

  /** The name of the session that the roles of tests are in. */
  public static final String SESSION = "test";

  private static final Instant FAR = Instant.parse("9999-12-31T23:59:59Z");

  private TestCallers() {}

  /**
   * A caller with that role, which does not lapse. Its unique id follows from the ARN, so that two
   * callers of one role are equal.
   *
   * @param arn {@code arn:{partition}:iam::{account}:role/{path/}{name}}
   * @throws IllegalArgumentException if the text is not the ARN of one IAM role
   */
  public static Caller role(String arn) {
    RoleArn role = RoleArn.parse(arn);
    return Caller.of(
        new IamRole(role, uniqueId(role)),
        Evidence.ofSession("aws-iam", Carrier.CALL_METADATA, SESSION),
        FAR);
  }

  /**
   * A user of a permission set, as IAM Identity Center has them, which does not lapse.
   *
   * @param user the user's name, such as {@code ana@example.com}
   * @throws IllegalArgumentException if the name breaks the rule of session names
   */
  public static Caller user(PermissionSet set, String user) {
    return Caller.of(
        IamRole.of(set.roleArn(), set.roleId()),
        Evidence.ofSession("aws-iam", Carrier.CALL_METADATA, user),
        FAR);
  }

  /**
   * A caller that is known by the name of its key or shared secret, which does not lapse.
   *
   * @param name the name, without {@code key:}
   * @throws IllegalArgumentException if the name breaks the rule of {@link ApiClient}
   */
  public static Caller apiClient(String name) {
    return Caller.of(new ApiClient(name), Evidence.of("api-key", Carrier.CALL_METADATA), FAR);
  }

  private static RoleId uniqueId(RoleArn role) {
    String hash = UUID.nameUUIDFromBytes(role.toString().getBytes(UTF_8)).toString();
    return RoleId.parse("AROA" + hash.replace("-", "").toUpperCase(Locale.ROOT));
  }

  /** Runs a handler's code on this thread, with that caller as {@link CurrentCaller}. */
  public static void runAs(Caller caller, Runnable code) {
    contextOf(caller).run(requireNonNull(code, "code"));
  }

  /**
   * Runs a handler's code on this thread, with that caller as {@link CurrentCaller}.
   *
   * @return what the code returns
   * @throws Exception what the code throws
   */
  public static <T> T callAs(Caller caller, Callable<T> code) throws Exception {
    return contextOf(caller).call(requireNonNull(code, "code"));
  }

  private static Context contextOf(Caller caller) {
    return CurrentCaller.in(Context.current(), caller);
  }
}
