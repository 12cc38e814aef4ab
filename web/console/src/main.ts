import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-overlay.css'
import 'element-plus/theme-chalk/el-dialog.css'
import './styles/tokens.css'
import './styles/base.css'

import { createApp } from 'vue'

import App from './App.vue'
import { i18n, language, setLanguage } from './i18n'
import { router } from './router'

setLanguage(language())
createApp(App).use(i18n).use(router).mount('#app')
