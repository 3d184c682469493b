/**
 * The credentials that channels of Spring gRPC get. Begin with {@link
 * dev.rolecall.spring.internal.client.CredentialsAttachment}. Nothing here reads the starter's
 * properties.
 */
@NullMarked
package dev.rolecall.spring.internal.client;

import org.jspecify.annotations.NullMarked;
