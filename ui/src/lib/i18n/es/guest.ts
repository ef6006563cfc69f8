// Words that guests read on their own window.

export const guest = {
  open: 'Abrir la pantalla del cliente',
  title: 'Pantalla del cliente',
  order: 'Su pedido',
  total: 'Total',
  counting: 'Sumando…',
  welcome: 'Le damos la bienvenida.',
  ready: 'Listos para recoger',
  making: 'En preparación',
};
