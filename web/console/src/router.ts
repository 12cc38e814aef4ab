import { createRouter, createWebHashHistory } from 'vue-router'

import { t } from './i18n'
import { home, resume, roles, session } from './session/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title: string
    open?: boolean
    needs?: 'inbox' | 'ledger'
  }
}

// The place is behind the '#': every page is the one file that the server knows.
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', component: () => import('./pages/NothingPage.vue'), meta: { title: 'page.nothing' } },
    { path: '/login', component: () => import('./pages/login/LoginPage.vue'), meta: { title: 'page.login', open: true } },
    { path: '/ledger', component: () => import('./pages/ledger/LedgerPage.vue'), meta: { title: 'page.ledger', needs: 'ledger' } },
    { path: '/inbox', component: () => import('./pages/inbox/InboxPage.vue'), meta: { title: 'page.inbox', needs: 'inbox' } },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  if (session.known === 'unknown') await resume().catch(() => undefined)
  if (to.meta.open) return session.known === 'in' ? String(to.query['back'] ?? '/') : true
  if (session.known !== 'in') return { path: '/login', query: to.path === '/' ? {} : { back: to.fullPath } }
  if (to.path === '/' && home.value !== '/') return home.value
  if (to.meta.needs && !roles.value[to.meta.needs]) return home.value
  return true
})

router.afterEach((to) => {
  document.title = t('app.title', { page: t(to.meta.title) })
})
