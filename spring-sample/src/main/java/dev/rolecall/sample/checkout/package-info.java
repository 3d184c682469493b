/** The sample's client. */
@NullMarked
package dev.rolecall.sample.checkout;

import org.jspecify.annotations.NullMarked;
