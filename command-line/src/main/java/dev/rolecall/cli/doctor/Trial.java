package dev.rolecall.cli.doctor;

import io.grpc.ChannelCredentials;
import java.util.Optional;

/**
 * A call that is to be tried at a server.
 *
 * @param method the full name of its method; empty for one that most servers have
 * @param isBearer whether its proof is bound to the audience alone
 * @param credentials the credentials of its channel, where the server is not attested
 */
record Trial(Optional<String> method, boolean isBearer, ChannelCredentials credentials) {}
