import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import '@fontsource-variable/inter/wght.css';
import './styles/base.css';
import './styles/bar.css';
import './styles/choice.css';
import './styles/chat.css';
import './styles/pages.css';
import './styles/articles.css';
import './styles/sign-in.css';
import './styles/try.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
