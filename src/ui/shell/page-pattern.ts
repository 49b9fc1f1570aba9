/** Addresses of the pages beside the chat. */
export const pagePattern = /^\/(?<page>memory|models|settings)(?:\/.*)?$/
