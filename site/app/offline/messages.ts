// What pages and the service worker say to each other.

/** A page has shown what lies at these addresses: they are to be kept. */
export interface Request {
  keep: string[];
}

export interface Reply {
  /** Why not all could be kept: "full", "no network", or what the browser says; "" where all is. */
  refused?: string;
  /** To all pages: a service worker of this build is there. */
  build?: string;
}
