/** The strict base64url that tokens and keys share. Depends on the JDK alone. */
@NullMarked
package dev.rolecall.jwt.internal;

import org.jspecify.annotations.NullMarked;
