export const english = {
  skip: 'Skip to the content',
  navigation: 'Console',
  search: 'Search sessions',
  searchHint: 'E-mail, BuyerCookie, payloadID, order number, session id',
  signOut: 'Sign out',
  places: {
    today: 'Today',
    sessions: 'Sessions',
    orders: 'Orders',
    deliveries: 'Deliveries',
    analytics: 'Analytics',
    connections: 'Connections',
    access: 'Access',
    operators: 'Operators',
    audit: 'Audit',
  },
};
