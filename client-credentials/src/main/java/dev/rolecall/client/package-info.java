/**
 * Proves who is calling: {@link dev.rolecall.client.IamCallCredentials} signs with the AWS role the
 * process runs as and attaches the proof to gRPC calls. {@link dev.rolecall.client.ProofSource}
 * gives the same proofs outside gRPC. {@link dev.rolecall.client.CredentialsSearch} searches for
 * the AWS credentials that would sign.
 *
 * <p>Depends on {@code caller-identity}, {@code sts-proof}, the gRPC API and the AWS SDK; never on
 * the server's side.
 */
@NullMarked
package dev.rolecall.client;

import org.jspecify.annotations.NullMarked;
