/**
 * Reads an access policy from the options of services' .proto files: who may call a method is
 * written where the method is. Start at {@link dev.rolecall.protopolicy.ProtoPolicy}; the option is
 * in {@code rolecall/v1/allow.proto}, which this artifact holds for other .proto files to import.
 *
 * <p>The package knows descriptors and policies. It never sees a call, AWS or the verifier.
 */
@NullMarked
package dev.rolecall.protopolicy;

import org.jspecify.annotations.NullMarked;
