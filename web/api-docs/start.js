const { SwaggerUIBundle: show } = window;

show({ url: '../docs-json', dom_id: '#api', deepLinking: true });
