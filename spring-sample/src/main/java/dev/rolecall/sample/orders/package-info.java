/** The sample's server. */
@NullMarked
package dev.rolecall.sample.orders;

import org.jspecify.annotations.NullMarked;
