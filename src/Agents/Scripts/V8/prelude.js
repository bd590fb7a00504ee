// Makes the global scope that a script finds, and gives the node the way in and out. Runs first in each new engine, so what
// it takes from the built-in objects here is untouched. The script never sees `log`, the only function that leads out.
(function (log, seed, maxResult) {
  'use strict';
  const { defineProperty, defineProperties, getPrototypeOf, setPrototypeOf, keys, create } = Object;
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const { parse, stringify, rawJSON } = JSON;
  const { apply } = Reflect;
  const { then } = Promise.prototype;
  const resolved = Promise.resolve.bind(Promise);
  const text = String;

  // Nothing here waits for another thread, shares memory, watches the collector or makes code out of a text.
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'eval']) {
    delete globalThis[name];
  }
  const noCode = function Function() {
    throw new EvalError('Code in a text is not run here: write it into the script');
  };
  for (const kind of [function () {}, async function () {}, function* () {}, async function* () {}]) {
    defineProperty(getPrototypeOf(kind), 'constructor', { value: noCode, writable: false, configurable: false });
  }
  noCode.prototype = Function.prototype;
  globalThis.Function = noCode;
  defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false });

  // A run after a crash must give the same answer.
  Math.random = function random() {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };

  // An object's own toString would run the script's code here; JSON.stringify is there for who wants to see inside.
  const shown = value => typeof value === 'object' && value !== null ? (isArray(value) ? '[array]' : '[object]')
    : typeof value === 'function' ? '[function]' : text(value);
  const console = {};
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
    console[name] = (...values) => {
      let line = '';
      for (let i = 0; i < values.length && line.length < 4000; i++) {
        line += (i > 0 ? ' ' : '') + shown(values[i]);
      }
      log(line.length <= 4000 ? line : line.slice(0, 4000));
    };
  }
  defineProperty(globalThis, 'console', { value: console, writable: true, configurable: true, enumerable: false });

  const refuseClone = what => {
    const error = new Error(what + ' could not be cloned.');
    error.name = 'DataCloneError';
    throw error;
  };
  const errors = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const clone = (value, seen) => {
    if (typeof value === 'function' || typeof value === 'symbol') { refuseClone(text(value)); }
    if (typeof value !== 'object' || value === null) { return value; }
    if (seen.has(value)) { return seen.get(value); }
    const keep = copy => { seen.set(value, copy); return copy; };
    if (isArray(value)) {
      const copy = keep(new Array(value.length));
      for (const key of keys(value)) { copy[key] = clone(value[key], seen); }
      return copy;
    }
    if (value instanceof Date) { return keep(new Date(value.getTime())); }
    if (value instanceof RegExp) { return keep(new RegExp(value.source, value.flags)); }
    if (value instanceof Boolean || value instanceof Number || value instanceof String || value instanceof BigInt) {
      return keep(Object(value.valueOf()));
    }
    if (value instanceof ArrayBuffer) { return keep(value.slice(0)); }
    if (isView(value)) {
      const buffer = clone(value.buffer, seen);
      return keep(new value.constructor(buffer, value.byteOffset, value instanceof DataView ? value.byteLength : value.length));
    }
    if (value instanceof Map) {
      const copy = keep(new Map());
      for (const [key, item] of [...value]) { copy.set(clone(key, seen), clone(item, seen)); }
      return copy;
    }
    if (value instanceof Set) {
      const copy = keep(new Set());
      for (const item of [...value]) { copy.add(clone(item, seen)); }
      return copy;
    }
    if (value instanceof Error) {
      const copy = keep(create((errors[value.name] ?? Error).prototype));
      return defineProperties(copy, {
        message: { value: text(value.message), writable: true, configurable: true },
        stack: { value: text(value.stack), writable: true, configurable: true },
      });
    }
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) { refuseClone('#<Object>'); }
    const copy = keep({});
    for (const key of keys(value)) { copy[key] = clone(value[key], seen); }
    return copy;
  };
  const structuredClone = function structuredClone(value) { return clone(value, new Map()); };
  defineProperty(globalThis, 'structuredClone', { value: structuredClone, writable: true, configurable: true, enumerable: false });

  // How the run stands, for the node to read.
  const run = setPrototypeOf({ state: 'open', text: '', stack: '' }, null);
  let main;

  const fail = error => {
    run.state = 'failed';
    run.text = 'Uncaught value';
    try {
      if (typeof error === 'object' && error !== null) {
        const { name, message, stack } = error;
        if (typeof message === 'string') {
          run.text = (typeof name === 'string' && name !== 'Error' ? name + ': ' : '') + message;
          run.stack = typeof stack === 'string' ? stack : '';
        }
      } else if (typeof error !== 'function') {
        run.text = 'Uncaught ' + text(error);
      }
    } catch { /* It does not want to be read. */ }
  };
  const exact = (key, value) => typeof value === 'bigint' ? rawJSON(text(value)) : value;
  const done = value => {
    try {
      let json;
      try {
        json = stringify(value);
      } catch (error) {
        if (!(error instanceof TypeError) || !/BigInt/.test(error.message)) { throw error; }
        json = stringify(value, exact);
      }
      run.state = json !== undefined && json.length > maxResult ? 'long' : 'done';
      run.text = json === undefined ? 'null' : run.state === 'long' ? text(json.length) : json;
    } catch (error) {
      fail(error);
    }
  };

  run.take = found => { main = found; };
  run.begin = input => {
    if (typeof main !== 'function') { run.state = 'missing'; return; }
    try {
      const answer = main(parse(input));
      if (typeof answer === 'object' && answer !== null && typeof answer.then === 'function') {
        apply(then, resolved(answer), [done, fail]);
      } else {
        done(answer);
      }
    } catch (error) {
      fail(error);
    }
  };
  return run;
})
