;; Turns the text that scripts/wasm/embed.mjs wrote back into the module's bytes: pkg/src/load/unpack.ts calls it. At the start of a process
;; JavaScript is interpreted and takes 4 ms for this; WebAssembly is compiled at once and takes a tenth of it.
(module
  (memory (export "memory") 1)
  ;; The text lies from $from to $end; its bytes go to $to. At 0 lies the table of what each character means, 16 bits each: a byte, or
  ;; below zero the shift that the character announces for the next one.
  (func (export "unpack") (param $from i32) (param $end i32) (param $to i32)
    (local $shift i32) (local $byte i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $byte
          (i32.load16_s (i32.shl (i32.add (local.get $shift) (i32.load8_u (local.get $from))) (i32.const 1))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (if (i32.lt_s (local.get $byte) (i32.const 0))
          (then (local.set $shift (i32.sub (i32.const 0) (local.get $byte))))
          (else
            (i32.store8 (local.get $to) (local.get $byte))
            (local.set $to (i32.add (local.get $to) (i32.const 1)))
            (local.set $shift (i32.const 0))))
        (br $next)))))
