// The light build, without the part that speaks to Redis, has no types of its own.

declare module 'bottleneck/light.js' {
  export { default } from 'bottleneck'
}
