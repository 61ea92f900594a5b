(function () {
  'use strict';
  function refresh() {
    if (document.documentElement.getAttribute('data-script') !== 'runs') {
      location.reload();
    }
  }
  setTimeout(refresh, 30000);
  document.addEventListener('DOMContentLoaded', function () {
    setTimeout(refresh, 5000);
  });
})();
