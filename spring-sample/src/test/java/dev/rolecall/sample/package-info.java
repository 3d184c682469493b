/** The sample's two applications, over the wire. */
@NullMarked
package dev.rolecall.sample;

import org.jspecify.annotations.NullMarked;
