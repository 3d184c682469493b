package dev.rolecall.service.internal.api;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.CancelAccessRequestRequest;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.GetAccessRequestRequest;
import dev.rolecall.grants.v1.GetGrantRequest;
import dev.rolecall.grants.v1.GetSigningKeysRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantToken;
import dev.rolecall.grants.v1.IssueGrantTokenRequest;
import dev.rolecall.grants.v1.ListAccessRequestsRequest;
import dev.rolecall.grants.v1.ListAccessRequestsResponse;
import dev.rolecall.grants.v1.ListEnforcersRequest;
import dev.rolecall.grants.v1.ListEnforcersResponse;
import dev.rolecall.grants.v1.ListEventsRequest;
import dev.rolecall.grants.v1.ListEventsResponse;
import dev.rolecall.grants.v1.ListGrantsRequest;
import dev.rolecall.grants.v1.ListGrantsResponse;
import dev.rolecall.grants.v1.ListLocksRequest;
import dev.rolecall.grants.v1.ListLocksResponse;
import dev.rolecall.grants.v1.ListPermissionsRequest;
import dev.rolecall.grants.v1.ListPermissionsResponse;
import dev.rolecall.grants.v1.LockRequest;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.grants.v1.ReviewBreakGlassRequest;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.RevokeGrantResponse;
import dev.rolecall.grants.v1.RotateSigningKeysRequest;
import dev.rolecall.grants.v1.SigningKeys;
import dev.rolecall.grants.v1.UnlockRequest;
import dev.rolecall.grants.v1.ValidateAccessRequest;
import dev.rolecall.grants.v1.ValidateAccessResponse;
import dev.rolecall.grants.v1.WatchAccessRequestsRequest;
import dev.rolecall.grants.v1.WhoAmIRequest;
import dev.rolecall.grants.v1.WhoAmIResponse;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.service.internal.feed.GrantView;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.token.GrantTokenIssuer;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code AccessService}, behind a guard that has proven the caller. Each call is judged by the
 * rules that are in force when it comes. Safe for use by many threads; never blocks: the store
 * answers later.
 */
public final class AccessApi extends AccessServiceGrpc.AccessServiceImplBase {

  private final Doorstep door;
  private final RequestCalls requests;
  private final ReviewCalls reviews;
  private final GrantCalls grants;
  private final LockCalls locks;
  private final AuditCalls audit;
  private final ValidationCalls validations;
  private final TokenCalls tokens;
  private final RequestWatches watches;

  /**
   * The service.
   *
   * @param rules the rules in force
   * @param view the grants, locks and enforcers as this node knows them
   * @param tokens issues grant tokens; empty where none are issued
   * @param supervisor hears of defects
   */
  @SuppressWarnings("exports") // for this module, which sees the type
  public AccessApi(
      Supplier<AccessRules> rules,
      AccessStore store,
      GrantView view,
      Optional<GrantTokenIssuer> tokens,
      Supervisor supervisor) {
    requireNonNull(tokens, "tokens");
    Backend backend = new Backend(rules, store, view);
    this.door = new Doorstep(backend, supervisor);
    this.requests = new RequestCalls(backend);
    this.reviews = new ReviewCalls(backend);
    this.grants = new GrantCalls(backend);
    this.locks = new LockCalls(backend);
    this.audit = new AuditCalls(backend);
    this.validations = new ValidationCalls(backend);
    this.tokens = new TokenCalls(tokens);
    this.watches = new RequestWatches(backend, supervisor);
  }

  @Override
  public void requestAccess(RequestAccessRequest message, StreamObserver<AccessRequest> out) {
    door.answer(out, viewer -> requests.request(viewer, message));
  }

  @Override
  public void getAccessRequest(GetAccessRequestRequest message, StreamObserver<AccessRequest> out) {
    door.answer(out, viewer -> requests.get(viewer, message));
  }

  @Override
  public void listAccessRequests(
      ListAccessRequestsRequest message, StreamObserver<ListAccessRequestsResponse> out) {
    door.answer(out, viewer -> requests.list(viewer, message));
  }

  @Override
  public void cancelAccessRequest(
      CancelAccessRequestRequest message, StreamObserver<AccessRequest> out) {
    door.answer(out, viewer -> requests.cancel(viewer, message));
  }

  @Override
  public void reviewAccess(ReviewAccessRequest message, StreamObserver<AccessRequest> out) {
    door.answer(out, viewer -> reviews.review(viewer, message));
  }

  @Override
  public void reviewBreakGlass(ReviewBreakGlassRequest message, StreamObserver<Grant> out) {
    door.answer(out, viewer -> reviews.reviewBreakGlass(viewer, message));
  }

  @Override
  public void extendGrant(ExtendGrantRequest message, StreamObserver<AccessRequest> out) {
    door.answer(out, viewer -> requests.extend(viewer, message));
  }

  @Override
  public void revokeGrant(RevokeGrantRequest message, StreamObserver<RevokeGrantResponse> out) {
    door.answer(out, viewer -> grants.revoke(viewer, message));
  }

  @Override
  public void getGrant(GetGrantRequest message, StreamObserver<Grant> out) {
    door.answer(out, viewer -> grants.get(viewer, message));
  }

  @Override
  public void listGrants(ListGrantsRequest message, StreamObserver<ListGrantsResponse> out) {
    door.answer(out, viewer -> grants.list(viewer, message));
  }

  @Override
  public void lock(LockRequest message, StreamObserver<LockState> out) {
    door.answer(out, viewer -> locks.lock(viewer, message));
  }

  @Override
  public void unlock(UnlockRequest message, StreamObserver<LockState> out) {
    door.answer(out, viewer -> locks.unlock(viewer, message));
  }

  @Override
  public void listLocks(ListLocksRequest message, StreamObserver<ListLocksResponse> out) {
    door.answer(out, viewer -> locks.list(viewer, message));
  }

  @Override
  public void listPermissions(
      ListPermissionsRequest message, StreamObserver<ListPermissionsResponse> out) {
    door.answer(out, viewer -> Reply.of(audit.permissions(viewer)));
  }

  @Override
  public void listEvents(ListEventsRequest message, StreamObserver<ListEventsResponse> out) {
    door.answer(out, viewer -> audit.events(viewer, message));
  }

  @Override
  public void listEnforcers(
      ListEnforcersRequest message, StreamObserver<ListEnforcersResponse> out) {
    door.answer(out, audit::enforcers);
  }

  @Override
  public void whoAmI(WhoAmIRequest message, StreamObserver<WhoAmIResponse> out) {
    door.answerLocked(out, viewer -> Reply.of(audit.whoAmI(viewer)));
  }

  @Override
  public void validateAccess(
      ValidateAccessRequest message, StreamObserver<ValidateAccessResponse> out) {
    door.answerServer(out, viewer -> validations.validate(viewer, message));
  }

  @Override
  public void issueGrantToken(IssueGrantTokenRequest message, StreamObserver<GrantToken> out) {
    door.answer(out, viewer -> tokens.issue(viewer, message));
  }

  @Override
  public void getSigningKeys(GetSigningKeysRequest message, StreamObserver<SigningKeys> out) {
    door.answer(out, viewer -> tokens.keys());
  }

  @Override
  public void rotateSigningKeys(RotateSigningKeysRequest message, StreamObserver<SigningKeys> out) {
    door.answer(out, viewer -> tokens.rotate(viewer, message));
  }

  @Override
  public void watchAccessRequests(
      WatchAccessRequestsRequest message, StreamObserver<AccessRequest> out) {
    door.watch(out, (viewer, observer) -> watches.watch(viewer, message, observer));
  }

  /** Ends the watches as an outage. Calls that wait for the store are answered all the same. */
  public void close() {
    watches.close();
  }
}
