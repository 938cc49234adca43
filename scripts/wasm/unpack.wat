;; Decodes the string of scripts/wasm/embed.mjs to the bytes of the module. JavaScript is interpreted at the start of a process and would take
;; 4 ms; WebAssembly takes a tenth of that.
(module
  (memory (export "memory") 1)
  ;; Decodes the string from $from to $end and writes the bytes to $to. The table at address 0 has 16 bits for each character: a byte, or
  ;; a negative number, the shift that applies to the next character.
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
